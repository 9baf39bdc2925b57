package dev.breakwater.launcher.demo;

import dev.breakwater.launcher.process.Program;
import dev.breakwater.launcher.process.RunningProgram;
import dev.breakwater.launcher.rig.Rig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The console on the demonstration's engine, led from page to page. Whoever closes it closes only the window: the
/// demonstration goes on without.
final class DemoWindow implements AutoCloseable {

    /// So long a person looks at a page whose figures have come to rest.
    private static final Duration LOOK = Duration.ofSeconds(4);

    private final Narrator narrator;
    private @Nullable RunningProgram console;

    private DemoWindow(Narrator narrator, @Nullable RunningProgram console) {
        this.narrator = narrator;
        this.console = console;
    }

    /// No window: every page is passed over in no time.
    static DemoWindow none(Narrator narrator) {
        return new DemoWindow(narrator, null);
    }

    /// Opens the console on the rig's engine.
    ///
    /// @param log what the console prints goes there
    static DemoWindow open(Rig rig, Path log, Narrator narrator) throws IOException {
        RunningProgram console = Program.CONSOLE.startListening(
                log, Map.of(), List.of("--data", rig.engineData().toString(), "--follow"));
        return new DemoWindow(narrator, console);
    }

    /// Whether a window can be opened here.
    ///
    /// @param environment the process's variables
    static boolean possible(Map<String, String> environment) {
        return !environment.getOrDefault("DISPLAY", "").isBlank()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank();
    }

    /// Leads to a page.
    ///
    /// @param address of the page, as the console's address line has it: `breakwater://machine/…`
    void show(String address) {
        RunningProgram shown = console;
        if (shown == null) {
            return;
        }
        try {
            shown.tell(address);
        } catch (IOException e) {
            narrator.fact("The console's window is gone (%s); the demonstration goes on.", e.getMessage());
            console = null;
            shown.close();
        }
    }

    /// Gives a person time to look; none without a window.
    void look() throws InterruptedException {
        if (console != null) {
            Thread.sleep(LOOK);
        }
    }

    @Override
    public void close() {
        RunningProgram shown = console;
        console = null;
        if (shown != null) {
            shown.close();
        }
    }
}

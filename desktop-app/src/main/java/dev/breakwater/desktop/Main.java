package dev.breakwater.desktop;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.desktop.door.EngineDoor;
import dev.breakwater.desktop.engine.EngineConnector;
import dev.breakwater.desktop.engine.EngineProgram;
import dev.breakwater.desktop.engine.LocalEngine;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.setup.SetupPlace;
import dev.breakwater.platform.log.ProgramLog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts the console.
@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        description =
                "Opens the console. The engine of this computer is started if it does not run; it goes on when the"
                        + " console is closed.")
public final class Main implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the engine, or of a user (see users issue). If not given: BREAKWATER_DATA, else"
                    + " /var/lib/breakwater/engine for root, ~/.local/share/breakwater/engine for others.")
    private @Nullable Path data;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "An engine elsewhere; --data is then the folder that users issue has made.")
    private @Nullable String server;

    @Option(
            names = "--follow",
            description = "Shows the pages whose addresses (breakwater://…) come on standard input, a line each, and"
                    + " closes at its end. The demonstration leads the window so.")
    private boolean follow;

    private Main() {}

    /// Opens a window and ends when it is closed: 0, or 1 if it could not be opened, or 2 if the arguments were not
    /// understood.
    public static void main(String[] arguments) {
        ProgramLog.ofCommand();
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        LocalEngine engine = new LocalEngine(data == null ? usualFolder() : data, EngineProgram.installed());
        EngineAddress elsewhere = server == null ? null : EngineAddress.parse(server);
        CountDownLatch closed = new CountDownLatch(1);
        Platform.startup(() -> {
            EngineDoor door = new EngineDoor(new EngineConnector(engine, elsewhere), InstantSource.system());
            Stage stage = new Stage();
            stage.showingProperty().addListener((property, was, showing) -> {
                if (was && !showing) {
                    closed.countDown();
                }
            });
            ConsoleWindow window = new ConsoleWindow(stage, door, Settings.ofUser(), place(engine));
            if (follow) {
                new Followed(System.in, window::go, stage::close).start();
            }
        });
        closed.await();
        Platform.exit();
        return 0;
    }

    /// A led window is not the user's own: their answers to set-up stay as they are.
    private SetupPlace place(LocalEngine engine) {
        Path folder = follow ? engine.data() : Settings.folder();
        return new SetupPlace(engine, server, folder.resolve("setup.json"));
    }

    private static Path usualFolder() {
        String named = System.getenv("BREAKWATER_DATA");
        if (named != null) {
            return Path.of(named);
        }
        return System.getProperty("user.name").equals("root")
                ? Path.of("/var/lib/breakwater/engine")
                : Path.of(System.getProperty("user.home"), ".local", "share", "breakwater", "engine");
    }
}

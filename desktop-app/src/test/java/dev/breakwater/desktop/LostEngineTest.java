package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.desktop.door.EngineDoor;
import dev.breakwater.desktop.engine.EngineProgram;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.Places;
import dev.breakwater.desktop.fixture.VirtualScreen;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.texts.Units;
import dev.breakwater.launcher.rig.Rig;
import dev.breakwater.launcher.rig.VaultPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.prefs.Preferences;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A window on a real engine, a process of its own, that goes away and comes back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostEngineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Path folder = Path.of("");

    private Rig rig;

    private Stage stage;

    @BeforeAll
    void makeVault(@TempDir Path shared) throws Exception {
        folder = shared;
        Path key = folder.resolve("recovery.key");
        Path vault = folder.resolve("vault");
        new EngineProgram(null)
                .run(List.of(
                        "vault", "create", "--location", vault.toString(), "--write-recovery-key", key.toString()));
        rig = new Rig(folder.resolve("rig"), VaultPlace.folder(vault), key);
    }

    @AfterAll
    void stop() throws Exception {
        rig.close();
    }

    @Test
    @DisplayName("a lost engine is shown as such and found again, and figures that nobody told are never 0")
    void lostAndFound() throws Exception {
        Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
        Settings settings = new Settings(store);
        settings.language("en");
        rig.stopEngine();
        try {
            EngineDoor door =
                    new EngineDoor(() -> EngineAccess.connect(rig.engineData(), null), InstantSource.system());
            stage = Fx.on(Stage::new);
            Fx.on(() -> new ConsoleWindow(stage, door, settings, Places.elsewhere(folder.resolve("setup.json"))));

            assertThat(shown("connection")).isEqualTo("Connecting…");
            assertThat(shown("running-jobs")).isEqualTo("Jobs unknown");
            assertThat(shown("health-healthy-number")).isEqualTo(Units.UNKNOWN);
            rig.startEngine();
            await("connection", "Live"::equals);
            await("running-jobs", "No job runs"::equals);
            await("health-healthy-number", "0"::equals);
            rig.stopEngine();
            await("connection", text -> text.startsWith("Stale: as of "));
            rig.startEngine();
            await("connection", "Live"::equals);
        } finally {
            Fx.run(stage::close);
            store.removeNode();
        }
    }

    @Test
    @DisplayName(
            "on a real X server the window opens, finds the engine, is led to a page and closes at its input’s end")
    void realWindow() throws Exception {
        assumeTrue(
                VirtualScreen.missing().isEmpty(), () -> VirtualScreen.missing().orElse(""));
        rig.stopEngine();
        rig.startEngine();
        RealWindow.journey(rig.engineData(), folder);
    }

    private String shown(String id) {
        return Fx.on(() -> ((Labeled) stage.getScene().lookup("#" + id)).getText());
    }

    private void await(String id, Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.test(shown(id))) {
            assertThat(System.nanoTime()).as(id + " shows " + shown(id)).isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}

package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.Places;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.fixture.StillDoor;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.shell.PageAddress;
import java.nio.file.Path;
import java.util.UUID;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where one is, as the top bar and the navigation tell it.
class PathTest {

    private final Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());

    @TempDir
    private Path drafts;

    private final StillDoor door = new StillDoor(Snapshot.NOTHING);
    private final Stage stage = Fx.on(Stage::new);

    @AfterEach
    void close() throws BackingStoreException {
        Fx.run(stage::close);
        store.removeNode();
    }

    @Test
    @DisplayName("a machine's page is named as soon as the engine has told the name, and its section stays marked")
    void named() {
        Settings settings = new Settings(store);
        settings.language("en");
        ConsoleWindow window =
                Fx.on(() -> new ConsoleWindow(stage, door, settings, Places.elsewhere(drafts.resolve("setup.json"))));
        Fx.run(() -> window.shell()
                .go(PageAddress.of("machine", SampleSite.machine(1).id().toString())));
        assertThat(here()).isEqualTo("Machines");
        Fx.run(() -> window.shell().update(SampleSite.live(10)));
        assertThat(here()).isEqualTo(SampleSite.machine(1).name());
        assertThat(Fx.on(() -> ((ToggleButton) stage.getScene().lookup("#section-machines")).isSelected()))
                .isTrue();
    }

    private String here() {
        return Fx.on(() -> ((Labeled) stage.getScene().lookup(".path .here")).getText());
    }
}

package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.Places;
import dev.breakwater.desktop.fixture.SamplePoints;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.fixture.StillDoor;
import dev.breakwater.desktop.points.PointsOf;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.model.MachineId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A machine's page")
class MachinePageTest {

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
    @DisplayName("lets the chosen point age while no newer one comes")
    void ages() {
        Settings settings = new Settings(store);
        settings.language("en");
        ConsoleWindow window =
                Fx.on(() -> new ConsoleWindow(stage, door, settings, Places.elsewhere(drafts.resolve("setup.json"))));
        MachineId machine = SampleSite.machine(1).id();
        door.answer(new PointsOf(machine.toString()), SamplePoints.of(machine, 3));
        Fx.run(() -> window.shell().go(PageAddress.of("machine", machine.toString())));
        Fx.run(() -> window.shell().update(after(0)));
        Fx.settle();
        assertThat(chosen()).endsWith(", 1 minute ago");
        Fx.run(() -> window.shell().update(after(4)));
        assertThat(chosen()).endsWith(", 5 minutes ago");
    }

    @Test
    @DisplayName("keeps no picture of all that is seen, which each figure that changes would have drawn again")
    void drawsWhatChanges() {
        Settings settings = new Settings(store);
        ConsoleWindow window =
                Fx.on(() -> new ConsoleWindow(stage, door, settings, Places.elsewhere(drafts.resolve("setup.json"))));
        String machine = SampleSite.machine(1).id().toString();
        Fx.run(() -> window.shell().go(PageAddress.of("machine", machine)));
        Fx.run(() -> window.shell().update(after(0)));
        Fx.settle();
        assertThat(Fx.on(() -> stage.getScene()
                        .lookup(".machine-page")
                        .getParent()
                        .getParent()
                        .isCache()))
                .isFalse();
        assertThat(Fx.on(() -> stage.getScene()
                        .lookup(".machine-page")
                        .getParent()
                        .getParent()
                        .getStyleClass()))
                .contains("viewport");
    }

    private static Snapshot after(int minutes) {
        return SampleSite.resting(SampleSite.NOW.plus(Duration.ofMinutes(minutes)), 0, 3);
    }

    private String chosen() {
        return Fx.on(() -> ((Labeled) stage.getScene().lookup("#point-said")).getText());
    }
}

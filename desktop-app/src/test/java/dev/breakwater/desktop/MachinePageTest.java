package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.fixture.SamplePoints;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.fixture.StillWindow;
import dev.breakwater.desktop.points.PointsOf;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.model.MachineId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.prefs.BackingStoreException;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A machine's page")
class MachinePageTest {

    private static final MachineId MACHINE = SampleSite.machine(1).id();

    @TempDir
    private Path folder;

    private StillWindow window;

    @BeforeEach
    void open() {
        window = new StillWindow(folder);
    }

    @AfterEach
    void close() throws BackingStoreException {
        window.close();
    }

    @Test
    @DisplayName("is named as soon as the engine has told the name, and its section stays marked")
    void named() {
        window.go(PageAddress.of("machine", MACHINE.toString()));
        assertThat(window.text(".path .here")).isEqualTo("Machines");
        window.tell(SampleSite.live(10));
        assertThat(window.text(".path .here")).isEqualTo(SampleSite.machine(1).name());
        assertThat(((ToggleButton) window.node("#section-machines")).isSelected())
                .isTrue();
    }

    @Test
    @DisplayName("lets the chosen point age while no newer one comes")
    void ages() {
        window.door().answer(new PointsOf(MACHINE.toString()), SamplePoints.of(MACHINE, 3));
        window.go(PageAddress.of("machine", MACHINE.toString()));
        window.tell(after(0));
        assertThat(window.text("#point-said")).endsWith(", 1 minute ago");
        window.tell(after(4));
        assertThat(window.text("#point-said")).endsWith(", 5 minutes ago");
    }

    @Test
    @DisplayName("keeps no picture of all that is seen, which each figure that changes would have drawn again")
    void drawsWhatChanges() {
        window.go(PageAddress.of("machine", MACHINE.toString()));
        window.tell(after(0));
        Node viewport = window.node(".machine-page").getParent().getParent();
        assertThat(viewport.getStyleClass()).contains("viewport");
        assertThat(viewport.isCache()).isFalse();
    }

    private static Snapshot after(int minutes) {
        return SampleSite.resting(SampleSite.NOW.plus(Duration.ofMinutes(minutes)), 0, 3);
    }
}

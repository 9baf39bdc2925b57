package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.events.OlderEvents;
import dev.breakwater.desktop.fixture.Audit;
import dev.breakwater.desktop.fixture.Everywhere;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.Keyboard;
import dev.breakwater.desktop.fixture.Places;
import dev.breakwater.desktop.fixture.SamplePoints;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.fixture.StillDoor;
import dev.breakwater.desktop.points.PointsOf;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.model.MachineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the keyboard is, by keys that go the way of a keyboard's.
class KeyboardTest {

    private final Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
    private final StillDoor door = new StillDoor(SampleSite.live(40));

    @TempDir
    private Path folder;

    private Stage stage;
    private ConsoleWindow window;
    private Keyboard keyboard;

    @BeforeEach
    void open() {
        Settings settings = new Settings(store);
        settings.language("en");
        door.answer(OlderEvents.newest(null), SampleSite.events(20));
        for (int i = 0; i < 8; i++) {
            MachineId machine = SampleSite.machine(i).id();
            door.answer(new PointsOf(machine.toString()), SamplePoints.of(machine, 160));
        }
        stage = Fx.on(Stage::new);
        keyboard = new Keyboard(stage);
        window = Fx.on(() -> new ConsoleWindow(stage, door, settings, Places.elsewhere(folder.resolve("setup.json"))));
        Fx.run(() -> {
            window.shell().update(door.now());
            stage.requestFocus();
        });
    }

    @AfterEach
    void close() throws BackingStoreException {
        Fx.run(stage::close);
        store.removeNode();
    }

    @Test
    @DisplayName("what was found by search has the keyboard, wherever that was before")
    void found() {
        keyboard.push(KeyCode.CONTROL, KeyCode.K);
        Fx.settle();
        assertThat(keyboard.focused()).isEqualTo("command-field");
        keyboard.write(SampleSite.machine(1).name());
        keyboard.push(KeyCode.ENTER);
        Fx.settle();
        keyboard.push(KeyCode.TAB);
        assertThat(keyboard.focused()).isEqualTo("machine-test-failover");
    }

    @Test
    @DisplayName("a page whose predecessor had the keyboard has it, and gives it to its first control")
    void replaced() {
        Fx.run(() -> {
            window.shell().go(Everywhere.of("policies"));
            stage.getScene().lookup("#policy-new").requestFocus();
        });
        keyboard.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        Fx.settle();
        keyboard.push(KeyCode.TAB);
        assertThat(Fx.on(() -> inPage(stage.getScene().getFocusOwner()))).isTrue();
    }

    @Test
    @DisplayName("a point is chosen within the dialog of a test failover, from the latest to an older one")
    void pointInDialog() {
        show("machine/" + SampleSite.machine(1).id());
        keyboard.push(KeyCode.CONTROL, KeyCode.T);
        Fx.settle();
        keyboard.push(KeyCode.ENTER);
        assertThat(keyboard.focused()).isEqualTo("failover-latest");
        keyboard.push(KeyCode.DOWN);
        keyboard.push(KeyCode.DOWN);
        assertThat(keyboard.focused()).isEqualTo("failover-custom");
        keyboard.tabTo("point-timeline");
        String newest = spoken();
        keyboard.push(KeyCode.LEFT);
        String older = spoken();
        assertThat(older).isNotEqualTo(newest);
        keyboard.push(KeyCode.ENTER);
        keyboard.push(KeyCode.ENTER);
        assertThat(Fx.on(() -> stage.getScene().getRoot().lookupAll(".dialog-page .strong").stream()
                        .map(node -> ((Labeled) node).getText())
                        .toList()))
                .singleElement()
                .asString()
                .contains(older.substring(0, older.indexOf(',', older.indexOf(',') + 1)));
    }

    @Test
    @DisplayName("how long a test counts is kept when the keyboard leaves the field, never half-typed")
    void halfTyped() {
        show("settings");
        keyboard.tabTo("test-counts");
        keyboard.push(KeyCode.END);
        keyboard.push(KeyCode.BACK_SPACE);
        assertThat(new Settings(store).testCounts()).hasDays(180);
        keyboard.push(KeyCode.TAB);
        assertThat(new Settings(store).testCounts()).hasDays(18);
    }

    @Test
    @DisplayName("the whole message of a selected event stands below the table")
    void message() {
        show("events");
        keyboard.tabTo("events");
        keyboard.push(KeyCode.DOWN);
        keyboard.push(KeyCode.DOWN);
        String selected = Fx.on(() -> (TableView<?>) stage.getScene().lookup("#events"))
                .getSelectionModel()
                .getSelectedItem()
                .toString();
        Label message = Fx.on(() -> (Label) stage.getScene().lookup("#event-message"));
        assertThat(message.isVisible()).isTrue();
        assertThat(selected).contains("message=" + message.getText() + ", machine=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dashboard",
                "machines",
                "machine/00000000-0000-0001-0000-000000000002",
                "failover/00000000-0000-0003-0000-000000000018",
                "jobs/00000000-0000-0003-0000-000000000003?state=failed",
                "events",
                "infrastructure",
                "policies",
                "setup",
                "settings"
            })
    @DisplayName("Tab reaches whatever takes the keyboard, and nothing keeps it")
    void everyStop(String page) {
        show(page);
        Set<Node> stops = Fx.on(() -> new HashSet<>(Audit.stops(stage.getScene())));
        Set<Node> reached = new HashSet<>();
        for (int i = 0; i < Keyboard.STOPS && !reached.containsAll(stops); i++) {
            keyboard.push(KeyCode.TAB);
            reached.add(Fx.on(() -> stage.getScene().getFocusOwner()));
        }
        stops.removeAll(reached);
        assertThat(stops).isEmpty();
    }

    @Test
    @DisplayName("an arrow that chooses in set-up answers as a click does, and the commands below do not keep Tab")
    void chosenByArrow() throws IOException {
        Fx.run(stage::close);
        Files.writeString(folder.resolve("setup.json"), """
            {"format": "breakwater-setup-draft", "version": 1, "step": "source", "answers": {}, "done": ["vault"], "again": []}
            """);
        open();
        show("setup");
        Fx.run(() -> stage.getScene().lookup("#source-practice").requestFocus());
        keyboard.push(KeyCode.UP);
        assertThat(keyboard.focused()).isEqualTo("source-computer");
        assertThat(Files.readString(folder.resolve("setup.json"))).contains("COMPUTER");
        keyboard.tabTo("setup-next");
    }

    @Test
    @DisplayName("a view of the machines is saved, opened again and has its columns and order, all by the keyboard")
    void views() {
        show("machines?health=critical&columns=health,rpo,disks&sort=-rpo");
        firstOfViewMenu();
        assertThat(keyboard.focused()).isEqualTo("view-name");
        keyboard.write("worst");
        keyboard.push(KeyCode.ENTER);
        Fx.settle();
        assertThat(new Settings(store).views()).containsOnlyKeys("worst");

        show("machines?columns=name,state");
        firstOfViewMenu();
        TableView<?> table = Fx.on(() -> (TableView<?>) stage.getScene().lookup("#machines"));
        assertThat(Fx.on(() -> table.getVisibleLeafColumns().stream()
                        .map(TableColumn::getId)
                        .toList()))
                .containsExactly("column-health", "column-name", "column-rpo", "column-disks");
        assertThat(Fx.on(() -> table.getSortOrder().getFirst().getId())).isEqualTo("column-rpo");
        assertThat(Fx.on(() -> stage.getScene().lookup("#chip-health"))).isNotNull();
    }

    private void firstOfViewMenu() {
        keyboard.tabTo("view-menu");
        keyboard.push(KeyCode.SPACE);
        Fx.settle();
        keyboard.push(KeyCode.DOWN);
        keyboard.push(KeyCode.ENTER);
        Fx.settle();
    }

    @Test
    @DisplayName("what cannot be done now is reached by Tab, says why there and does nothing when it is pressed")
    void refused() {
        show("machines");
        keyboard.tabTo("action-test_failover");
        assertThat(hints()).containsExactly("Select a machine first.");
        keyboard.push(KeyCode.ESCAPE);
        assertThat(hints()).isEmpty();
        keyboard.push(KeyCode.SPACE);
        assertThat(hints()).containsExactly("Select a machine first.");
        keyboard.push(KeyCode.ENTER);
        assertThat(Fx.on(() -> stage.getScene().lookup(".failover-dialog"))).isNull();

        Fx.run(() -> ((TableView<?>) stage.getScene().lookup("#machines"))
                .getSelectionModel()
                .selectRange(0, 2));
        Fx.settle();
        assertThat(hints()).containsExactly("Select a single machine: this asks which point and how.");
        keyboard.push(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(hints()).isEmpty();
    }

    /// What is shown above the window.
    private static List<String> hints() {
        return Fx.on(() -> Window.getWindows().stream()
                .filter(Tooltip.class::isInstance)
                .map(each -> ((Tooltip) each).getText())
                .toList());
    }

    @Test
    @DisplayName("another stretch of the timeline is shown by the keyboard")
    void stretch() {
        show("machine/" + SampleSite.machine(1).id());
        keyboard.tabTo("range-three_days");
        keyboard.push(KeyCode.SPACE);
        assertThat(Fx.on(() -> List.of(
                        ((ToggleButton) stage.getScene().lookup("#range-day")).isSelected(),
                        ((ToggleButton) stage.getScene().lookup("#range-three_days")).isSelected())))
                .containsExactly(false, true);
    }

    private void show(String address) {
        Fx.run(() -> {
            window.shell().go(Everywhere.of(address));
            window.shell().update(door.now());
        });
        Fx.settle();
    }

    private static boolean inPage(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each.getStyleClass().contains("page-place")) {
                return true;
            }
        }
        return false;
    }

    private String spoken() {
        return Fx.on(() -> stage.getScene().getFocusOwner().getAccessibleText());
    }
}

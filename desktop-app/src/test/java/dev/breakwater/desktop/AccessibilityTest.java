package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.events.OlderEvents;
import dev.breakwater.desktop.fixture.Audit;
import dev.breakwater.desktop.fixture.Everywhere;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.Keyboard;
import dev.breakwater.desktop.fixture.Picture;
import dev.breakwater.desktop.fixture.Places;
import dev.breakwater.desktop.fixture.PseudoLocale;
import dev.breakwater.desktop.fixture.SamplePoints;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.fixture.StillDoor;
import dev.breakwater.desktop.points.PointsOf;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.preferences.Settings.Appearance;
import dev.breakwater.model.MachineId;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import java.util.stream.Stream;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether everybody can use each page: by the keyboard, by a screen reader, with weak eyes, in a language of
/// long words, in the smallest window.
class AccessibilityTest {

    private final Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
    private final StillDoor door = new StillDoor(SampleSite.live(240));
    private Stage stage;
    private ConsoleWindow window;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writePseudoLocale() throws Exception {
        PseudoLocale.write();
    }

    private void open(String language) {
        Settings settings = new Settings(store);
        settings.language(language);
        door.answer(OlderEvents.newest(null), SampleSite.events(120));
        for (int i = 0; i < 8; i++) {
            MachineId machine = SampleSite.machine(i).id();
            door.answer(new PointsOf(machine.toString()), SamplePoints.of(machine, 160));
        }
        stage = Fx.on(Stage::new);
        window = Fx.on(() -> new ConsoleWindow(stage, door, settings, Places.elsewhere(folder.resolve("setup.json"))));
    }

    private void show(String address) {
        Fx.run(() -> {
            window.shell().go(Everywhere.of(address));
            window.shell().update(door.now());
        });
        Fx.settle();
    }

    @AfterEach
    void close() throws BackingStoreException {
        Fx.run(stage::close);
        store.removeNode();
    }

    static Stream<String> pages() {
        return Everywhere.addresses();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName(
            "whatever takes the keyboard has a name and is reached in the order of reading; text stands out in both themes")
    void usable(String page) {
        open("en");
        show(page);

        assertThat(look(Audit::unnamed)).isEmpty();
        assertThat(look(Audit::unreachable)).isEmpty();
        assertThat(look(Audit::outOfOrder)).isEmpty();
        for (Appearance appearance : new Appearance[] {Appearance.LIGHT, Appearance.DARK}) {
            Fx.run(() -> {
                window.theme().choose(appearance);
                stage.getScene().getRoot().applyCss();
            });
            assertThat(look(Audit::faint)).as("%s", appearance).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("in a language that is two fifths longer nothing is cut")
    void longWords(String page) throws Exception {
        open(PseudoLocale.LOCALE.toLanguageTag());
        show(page);

        nothingIsCut("pseudo-" + page);
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("in Spanish nothing is cut in the smallest window")
    void smallest(String page) throws Exception {
        open("es");
        Fx.run(() -> {
            stage.setWidth(ConsoleWindow.MIN_WIDTH);
            stage.setHeight(ConsoleWindow.MIN_HEIGHT);
        });
        show(page);

        nothingIsCut("smallest-" + page);
    }

    private void nothingIsCut(String name) throws Exception {
        Picture.write(
                Fx.on(stage::getScene), Path.of("target", "gallery", name.replaceAll("[^a-z0-9]+", "-") + ".png"));
        assertThat(look(Audit::cut)).isEmpty();
        assertThat(look(Audit::outside)).isEmpty();
    }

    @Test
    @DisplayName("in the smallest window the machines' filters stand in one row, and the chips of chosen ones below")
    void narrowFilters() {
        open("es");
        Fx.run(() -> {
            stage.setWidth(ConsoleWindow.MIN_WIDTH);
            stage.setHeight(ConsoleWindow.MIN_HEIGHT);
        });
        show("machines");
        assertThat(tops("#filter", "#filter-health", "#filter-state", "#filter-readiness", "#filter-policy"))
                .containsOnly(tops("#filter").getFirst());
        assertThat(Fx.on(() -> ((Region) stage.getScene().lookup("#filter")).getWidth()))
                .isGreaterThanOrEqualTo(176);
        show("machines?health=attention&readiness=never_tested");
        assertThat(tops("#chip-health", "#chip-readiness"))
                .allMatch(top -> top > tops("#filter").getFirst());
        Fx.run(() -> stage.setWidth(1440));
        Fx.settle();
        assertThat(Fx.on(() -> ((Region) stage.getScene().lookup("#filter")).getWidth()))
                .isEqualTo(280);
    }

    private List<Double> tops(String... nodes) {
        return Fx.on(() -> Stream.of(nodes)
                .map(node -> stage.getScene().lookup(node))
                .map(node -> node.localToScene(node.getLayoutBounds()).getMinY())
                .toList());
    }

    @Test
    @DisplayName("in the smallest window the machines' table gives columns up and does not scroll sideways")
    void narrowTable() {
        open("es");
        Fx.run(() -> {
            stage.setWidth(ConsoleWindow.MIN_WIDTH);
            stage.setHeight(ConsoleWindow.MIN_HEIGHT);
        });
        show("machines");
        assertThat(tableWidths()).allMatch(widths -> widths.columns() <= widths.table());
        assertThat(columns())
                .doesNotContain("column-policy-rpo", "column-progress")
                .contains("column-last-test");
        Fx.run(() -> stage.setWidth(1440));
        Fx.settle();
        assertThat(columns()).contains("column-policy-rpo", "column-progress");
    }

    private record Widths(double columns, double table) {}

    private List<Widths> tableWidths() {
        return Fx.on(() -> {
            TableView<?> table = (TableView<?>) stage.getScene().lookup("#machines");
            return List.of(new Widths(
                    table.getVisibleLeafColumns().stream()
                            .mapToDouble(TableColumn::getWidth)
                            .sum(),
                    table.getWidth()));
        });
    }

    private List<String> columns() {
        return Fx.on(() -> ((TableView<?>) stage.getScene().lookup("#machines"))
                .getVisibleLeafColumns().stream().map(TableColumn::getId).toList());
    }

    @Test
    @DisplayName("dialogs have names, order, contrast and room as pages have")
    void dialogs() throws Exception {
        open(PseudoLocale.LOCALE.toLanguageTag());
        show("policies");
        Fx.run(() -> ((TableView<?>) stage.getScene().lookup("#policies"))
                .getSelectionModel()
                .select(1));
        for (String button : List.of("#policy-new", "#policy-change")) {
            dialog(button);
        }
        show("machine/00000000-0000-0001-0000-000000000001");
        dialog("#machine-test-failover");
        show("machine/00000000-0000-0001-0000-000000000002");
        dialog("#machine-clean-up");
        dialog("#machine-change-policy");
        dialog("#search");
    }

    @Test
    @DisplayName("a screen reader hears that an action cannot be used, and why")
    void refused() {
        open("en");
        show("machines");
        assertThat(heard()).containsExactly(true, "Select a machine first.");
        Fx.run(() -> ((TableView<?>) stage.getScene().lookup("#machines"))
                .getSelectionModel()
                .select(0));
        Fx.settle();
        assertThat(heard()).containsExactly(false, "");
    }

    private List<Object> heard() {
        return Fx.on(() -> {
            Node action = stage.getScene().lookup("#action-resynchronise");
            return List.of(
                    action.queryAccessibleAttribute(AccessibleAttribute.DISABLED),
                    action.queryAccessibleAttribute(AccessibleAttribute.HELP));
        });
    }

    @Test
    @DisplayName("Tab goes round within a dialog, and the keyboard comes back to the page when it is closed")
    void withinDialog() {
        open("en");
        show("policies");
        Fx.run(() -> stage.getScene().lookup("#policy-new").requestFocus());
        Fx.run(() -> ((Button) stage.getScene().lookup("#policy-new")).fire());
        Fx.settle();
        assertThat(focused()).isEqualTo("policy-name");

        tab("#policy-do", false);
        assertThat(focused()).isEqualTo("policy-name");
        tab("#policy-name", true);
        assertThat(focused()).isEqualTo("policy-do");

        Fx.run(() -> window.shell().closeOverlay());
        Fx.settle();
        assertThat(focused()).isEqualTo("policy-new");
    }

    private void tab(String from, boolean back) {
        Fx.run(() -> {
            Node node = stage.getScene().lookup(from);
            node.requestFocus();
            node.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.TAB, back, false, false, false));
        });
    }

    private String focused() {
        return new Keyboard(stage).focused();
    }

    private void dialog(String button) throws Exception {
        Fx.run(() -> {
            ((Button) stage.getScene().lookup(button)).fire();
            if (stage.getScene().lookup("#policy-choice") instanceof ComboBox<?> choice) {
                choice.getSelectionModel().selectFirst();
            }
        });
        Fx.settle();
        assertThat(look(Audit::unnamed)).as(button).isEmpty();
        assertThat(look(Audit::unreachable)).as(button).isEmpty();
        assertThat(look(Audit::faint)).as(button).isEmpty();
        nothingIsCut("pseudo-dialog-" + button.substring(1));
        Fx.run(() -> window.shell().closeOverlay());
        Fx.settle();
    }

    private List<String> look(Function<Scene, List<String>> audit) {
        return Fx.on(() -> {
            stage.getScene().getRoot().applyCss();
            stage.getScene().getRoot().layout();
            return audit.apply(stage.getScene());
        });
    }
}

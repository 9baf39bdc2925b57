package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.ModalPane;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.door.Connection;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.events.NewerEvents;
import dev.breakwater.desktop.events.OlderEvents;
import dev.breakwater.desktop.failover.ScreenshotOf;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.Gallery;
import dev.breakwater.desktop.fixture.Picture;
import dev.breakwater.desktop.fixture.Places;
import dev.breakwater.desktop.fixture.SamplePoints;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.fixture.StillDoor;
import dev.breakwater.desktop.machine.RpoOf;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.points.PointsOf;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.preferences.Settings.Appearance;
import dev.breakwater.desktop.preferences.Settings.Density;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.theme.Theme;
import dev.breakwater.model.MachineId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Draws every page, light and dark, into `target/gallery`.
class GalleryTest {

    private final Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
    private final StillDoor door = new StillDoor(SampleSite.live(240));

    @TempDir
    private Path drafts;

    private Stage stage;
    private ConsoleWindow window;

    @BeforeEach
    void open() {
        open(Locale.ENGLISH);
    }

    private void open(Locale language) {
        Settings settings = new Settings(store);
        settings.language(language.toLanguageTag());
        settings.reduceMotion(true);
        door.answer(OlderEvents.newest(null), SampleSite.events(120));
        door.answer(new NewerEvents(null, 120), List.of());
        for (int i = 0; i < 8; i++) {
            MachineView machine = SampleSite.machine(i);
            String id = machine.id().toString();
            door.answer(OlderEvents.newest(id), SampleSite.eventsOf(machine, 30));
            door.answer(new PointsOf(id), SamplePoints.of(machine, 160));
            door.answer(new RpoOf(id), SamplePoints.day(machine));
        }
        MachineId first = SampleSite.machine(26).id();
        door.answer(new PointsOf(first.toString()), List.of());
        door.answer(new RpoOf(first.toString()), SamplePoints.nothing());
        door.answer(new ScreenshotOf(new UUID(3, 24)), Picture.sample());
        stage = Fx.on(Stage::new);
        window = Fx.on(() -> new ConsoleWindow(stage, door, settings, Places.asUser(drafts)));
    }

    @AfterEach
    void close() throws BackingStoreException {
        Fx.run(stage::close);
        store.removeNode();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        dashboard      | breakwater://dashboard
        machines       | breakwater://machines
        machines-found | breakwater://machines?health=attention&sort=-rpo&text=prd
        machines-none  | breakwater://machines?text=nowhere
        machine          | breakwater://machine/00000000-0000-0001-0000-000000000001
        machine-critical | breakwater://machine/00000000-0000-0001-0000-000000000007
        machine-tested   | breakwater://machine/00000000-0000-0001-0000-000000000002
        machine-first    | breakwater://machine/00000000-0000-0001-0000-00000000001a
        machine-gone     | breakwater://machine/nobody
        test-run         | breakwater://failover/00000000-0000-0003-0000-000000000002
        test-done        | breakwater://failover/00000000-0000-0003-0000-000000000018
        jobs           | breakwater://jobs
        jobs-failed    | breakwater://jobs/00000000-0000-0003-0000-000000000003?state=failed
        jobs-none      | breakwater://jobs?machine=nowhere
        events         | breakwater://events
        infrastructure | breakwater://infrastructure
        policies       | breakwater://policies
        settings       | breakwater://settings
        """)
    @DisplayName("every page can be drawn in both themes")
    void pages(String name, String address) throws IOException {
        for (Appearance appearance : new Appearance[] {Appearance.LIGHT, Appearance.DARK}) {
            show(PageAddress.parse(address).orElseThrow(), appearance);
            picture(name, appearance);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        panel       | breakwater://dashboard
        maquinas    | breakwater://machines
        maquina     | breakwater://machine/00000000-0000-0001-0000-000000000001
        eventos     | breakwater://events
        prueba      | breakwater://failover/00000000-0000-0003-0000-000000000002
        """)
    @DisplayName("the pages are there in Spanish too")
    void spanish(String name, String address) throws IOException {
        Fx.run(stage::close);
        open(Locale.of("es"));
        show(PageAddress.parse(address).orElseThrow(), Appearance.LIGHT);
        picture(name, Appearance.LIGHT);
    }

    @Test
    @DisplayName("a site without a machine looks empty, not well")
    void empty() throws IOException {
        Fx.run(() -> {
            window.theme().choose(Appearance.LIGHT);
            window.shell().update(SampleSite.resting(SampleSite.figures(0).takenAt(), 0, 0));
        });
        Fx.settle();
        picture("dashboard-empty", Appearance.LIGHT);
        assertThat(Fx.on(() -> List.of(
                        ((Label) stage.getScene().lookup("#rpo-unknown")).getText(),
                        ((Label) stage.getScene().lookup("#readiness-total")).getText())))
                .containsOnly("no machine is protected");
    }

    @Test
    @DisplayName("a test failover is ordered page by page, by the keyboard's default button")
    void testFailover() throws IOException {
        for (Appearance appearance : new Appearance[] {Appearance.LIGHT, Appearance.DARK}) {
            show(PageAddress.of("machine", SampleSite.machine(1).id().toString()), appearance);
            fire("#machine-test-failover");
            for (String page : new String[] {"scope", "point", "checks", "confirm"}) {
                Fx.settle();
                picture("failover-" + page, appearance);
                fire("#failover-next");
            }
            Fx.settle();
            picture("failover-refused", appearance);
            fire("#failover-cancel");
        }
    }

    @Test
    @DisplayName("the events of a machine stand on its page")
    void machineEvents() throws IOException {
        show(PageAddress.of("machine", SampleSite.machine(7).id().toString()), Appearance.LIGHT);
        Fx.run(() -> ((TabPane) stage.getScene().lookup("#machine-tabs"))
                .getSelectionModel()
                .select(2));
        Fx.settle();
        picture("machine-events", Appearance.LIGHT);
        assertThat(Fx.on(() -> ((TableView<?>) stage.getScene().lookup("#events"))
                        .getItems()
                        .size()))
                .isEqualTo(30);
    }

    @Test
    @DisplayName("a policy is made and changed in a dialog, which says what a change costs")
    void policies() throws IOException {
        for (Appearance appearance : new Appearance[] {Appearance.LIGHT, Appearance.DARK}) {
            Fx.run(() -> {
                window.theme().choose(appearance);
                window.shell().go(PageAddress.of("policies"));
                window.shell().update(door.now());
                ((TableView<?>) stage.getScene().lookup("#policies"))
                        .getSelectionModel()
                        .select(1);
            });
            fire("#policy-change");
            Fx.run(() -> ((TextField) stage.getScene().lookup("#policy-retention")).setText("2d"));
            Fx.settle();
            picture("policy-change", appearance);
            fire("#policy-do");
            Fx.settle();
            picture("policy-refused", appearance);
            assertThat(Fx.on(() -> ((Label) stage.getScene().lookup("#policy-problem")).getText()))
                    .isEqualTo("This door takes no orders.");
            Fx.run(() -> window.shell().closeOverlay());
            fire("#policy-new");
            fire("#policy-do");
            Fx.settle();
            picture("policy-new", appearance);
            Fx.run(() -> window.shell().closeOverlay());
        }
    }

    @Test
    @DisplayName("machines are put under another policy in a dialog, which says what that costs")
    void anotherPolicy() throws IOException {
        for (Appearance appearance : new Appearance[] {Appearance.LIGHT, Appearance.DARK}) {
            show(PageAddress.of("machine", SampleSite.machine(1).id().toString()), appearance);
            fire("#machine-change-policy");
            choosePolicy("default");
            picture("policy-of-machine", appearance);
            Fx.run(() -> window.shell().closeOverlay());
        }
        show(PageAddress.of("machines"), Appearance.LIGHT);
        Fx.run(() -> ((TableView<?>) stage.getScene().lookup("#machines"))
                .getSelectionModel()
                .selectRange(0, 12));
        Fx.settle();
        fire("#action-change_policy");
        assertThat(Fx.on(() -> ((ActionButton) stage.getScene().lookup("#policy-do")).isRefused()))
                .as("nothing is chosen yet")
                .isTrue();
        choosePolicy("long-term archive of the finance department");
        picture("policy-of-machines", Appearance.LIGHT);
        fire("#policy-do");
        Fx.settle();
        assertThat(Fx.on(() -> ((Label) stage.getScene().lookup("#policy-problem")).getText()))
                .isEqualTo("This door takes no orders.");
        Fx.run(() -> window.shell().closeOverlay());
    }

    @Test
    @DisplayName("a clean-up asks what the test showed, and begins with what the probes found")
    void cleanUp() throws IOException {
        for (Appearance appearance : new Appearance[] {Appearance.LIGHT, Appearance.DARK}) {
            show(PageAddress.of("machine", SampleSite.machine(2).id().toString()), appearance);
            fire("#machine-clean-up");
            Fx.settle();
            Fx.run(() -> {
                ((RadioButton) stage.getScene().lookup("#outcome-not-as-expected")).fire();
                ((TextArea) stage.getScene().lookup("#clean-up-notes")).setText("The licence server was missing.");
            });
            picture("clean-up", appearance);
            fire("#clean-up-start");
            Fx.settle();
            picture("clean-up-refused", appearance);
            Fx.run(() -> window.shell().closeOverlay());
        }
    }

    @SuppressWarnings("unchecked") // it offers names
    private void choosePolicy(String name) {
        Fx.settle();
        Fx.run(() -> ((ComboBox<String>) stage.getScene().lookup("#policy-choice")).setValue(name));
        Fx.settle();
    }

    @Test
    @DisplayName("a view of the machines is kept under a name, and says if it replaces another")
    void savedView() throws IOException {
        Settings settings = new Settings(store);
        for (String name : List.of("My critical", "Never tested", "Production, worst RPO first")) {
            settings.saveView(name, "breakwater://machines?health=critical&columns=name,rpo&sort=-rpo");
        }
        Fx.run(() -> {
            window.theme().choose(Appearance.LIGHT);
            window.shell()
                    .go(PageAddress.parse("breakwater://machines?health=critical")
                            .orElseThrow());
            window.shell().update(door.now());
            MenuButton menu = (MenuButton) stage.getScene().lookup("#view-menu");
            menu.getItems().stream()
                    .filter(item -> "view-save".equals(item.getId()))
                    .forEach(MenuItem::fire);
            ((TextField) stage.getScene().lookup("#view-name")).setText("My critical");
        });
        Fx.settle();
        picture("machines-view", Appearance.LIGHT);
        fire("#view-keep");
        assertThat(settings.views().get("My critical")).contains("state").doesNotContain("sort");
    }

    private void fire(String button) {
        Fx.run(() -> ((Button) stage.getScene().lookup(button)).fire());
    }

    @ParameterizedTest
    @CsvSource({"OFFLINE, 95", "STALE, 12"})
    @DisplayName("what is no longer certain looks so")
    void outdated(Connection connection, long seconds) throws IOException {
        Snapshot snapshot = new Snapshot(
                connection,
                SampleSite.figures(240),
                Duration.ofSeconds(seconds),
                "The configuration server at 127.0.0.1:443 gave no answer.");
        Fx.run(() -> window.shell().update(snapshot));
        picture("dashboard-" + connection.name().toLowerCase(Locale.ROOT), Appearance.LIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashboard", "machines", "settings"})
    @DisplayName("compact shows more of a page")
    void compact(String page) throws IOException {
        Fx.run(() -> {
            window.theme().choose(Appearance.LIGHT);
            window.shell().go(PageAddress.of(page));
            window.shell().update(door.now());
            Theme.density(window.shell().root(), Density.COMPACT);
        });
        Fx.settle();
        picture(page + "-compact", Appearance.LIGHT);
        TableView<?> table = Fx.on(() -> (TableView<?>) stage.getScene().lookup(".table-view"));
        assertThat(table == null || table.getFixedCellSize() == 28).isTrue();
    }

    @Test
    @DisplayName("the drawer of jobs lies over any page, is closed by the same key, and shows each newer state")
    void jobsDrawer() throws IOException {
        Fx.run(() -> window.shell().toggleJobs());
        Fx.settle();
        picture("jobs-drawer", Appearance.LIGHT);
        Fx.run(() -> window.theme().choose(Appearance.DARK));
        picture("jobs-drawer", Appearance.DARK);
        assertThat(Fx.on(() -> stage.getScene().lookup("#drawer-jobs"))).isNotNull();
        Fx.run(() -> window.shell().toggleJobs());
        assertThat(Fx.on(() -> ((ModalPane) stage.getScene().lookup("#overlay")).isDisplay()))
                .isFalse();
    }

    private void show(PageAddress address, Appearance appearance) {
        Fx.run(() -> {
            window.theme().choose(appearance);
            window.shell().go(address);
            window.shell().update(door.now());
        });
        Fx.settle();
    }

    private void picture(String name, Appearance appearance) throws IOException {
        Gallery.picture(Fx.on(stage::getScene), name + "-" + appearance.name().toLowerCase(Locale.ROOT));
    }
}

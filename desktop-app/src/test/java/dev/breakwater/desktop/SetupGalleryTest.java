package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.door.Connection;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.fixture.Audit;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.Gallery;
import dev.breakwater.desktop.fixture.Picture;
import dev.breakwater.desktop.fixture.Places;
import dev.breakwater.desktop.fixture.PseudoLocale;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.fixture.StillDoor;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.preferences.Settings.Appearance;
import dev.breakwater.desktop.setup.SetupPlace;
import dev.breakwater.desktop.setup.SetupSite;
import dev.breakwater.desktop.shell.PageAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Draws every step of set-up, resumed from a draft on the disk.
class SetupGalleryTest {

    @TempDir
    private Path folder;

    private final Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
    private Stage stage;

    @AfterEach
    void close() throws BackingStoreException {
        Fx.run(stage::close);
        store.removeNode();
    }

    private void draft(String step) throws IOException {
        Files.writeString(folder.resolve("setup.json"), """
            {"format": "breakwater-setup-draft", "version": 1, "step": "%s",
             "answers": {"policy.mode": "new", "policy.name": "silver",
                         "protect.%s": "/dev/sda\\n/dev/sdb"},
             "done": ["vault", "source", "target", "server", "policy", "protect"], "again": ["protect"]}
            """.formatted(
                        step, SetupSite.unprotected(1, "web-01").id()));
    }

    private ConsoleWindow open(SetupPlace place, Snapshot snapshot, String language) {
        Settings settings = new Settings(store);
        settings.language(language);
        settings.reduceMotion(true);
        stage = Fx.on(Stage::new);
        StillDoor door = new StillDoor(snapshot);
        ConsoleWindow window = Fx.on(() -> new ConsoleWindow(stage, door, settings, place));
        Fx.run(() -> {
            window.shell().go(PageAddress.of("setup"));
            window.shell().update(snapshot);
        });
        Fx.settle();
        return window;
    }

    private Snapshot site() {
        return new Snapshot(
                Connection.LIVE,
                SetupSite.figures(List.of(
                        SetupSite.unprotected(1, "web-01"),
                        SetupSite.unprotected(2, "a-rather-long-name-of-a-file-server-0002.contoso.example"),
                        SampleSite.machine(0))),
                Duration.ZERO,
                null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault", "source", "target", "server", "policy", "protect", "review", "test"})
    @DisplayName("every step is resumed from the draft, and whatever takes the keyboard has a name")
    void steps(String step) throws IOException {
        draft(step);
        ConsoleWindow window = open(Places.elsewhere(folder.resolve("setup.json")), site(), "en");

        assertThat(Fx.on(() -> stage.getScene().lookup("#section-setup").getAccessibleText()))
                .endsWith(step.equals("vault") ? "1/8" : "/8");
        assertThat(look(Audit::unnamed)).isEmpty();
        assertThat(look(Audit::outOfOrder)).isEmpty();
        for (Appearance appearance : new Appearance[] {Appearance.LIGHT, Appearance.DARK}) {
            Fx.run(() -> window.theme().choose(appearance));
            picture("setup-" + step, appearance);
            assertThat(look(Audit::faint)).as("%s", appearance).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "target", "server", "policy", "protect", "review", "test"})
    @DisplayName("in a language that is two fifths longer no step is cut, nor in Spanish in the smallest window")
    void longWords(String step) throws Exception {
        PseudoLocale.write();
        draft(step);
        open(Places.elsewhere(folder.resolve("setup.json")), site(), PseudoLocale.LOCALE.toLanguageTag());
        nothingIsCut("pseudo-setup-" + step);
        Fx.run(stage::close);

        open(Places.elsewhere(folder.resolve("setup.json")), site(), "es");
        Fx.run(() -> {
            stage.setWidth(ConsoleWindow.MIN_WIDTH);
            stage.setHeight(ConsoleWindow.MIN_HEIGHT);
        });
        Fx.settle();
        nothingIsCut("smallest-setup-" + step);
    }

    private void nothingIsCut(String name) throws IOException {
        Picture.write(Fx.on(stage::getScene), Path.of("target", "gallery", name + ".png"));
        assertThat(look(Audit::cut)).as(name).isEmpty();
        assertThat(look(Audit::outside)).as(name).isEmpty();
    }

    private List<String> look(Function<Scene, List<String>> audit) {
        return Fx.on(() -> {
            stage.getScene().getRoot().applyCss();
            stage.getScene().getRoot().layout();
            return audit.apply(stage.getScene());
        });
    }

    @ParameterizedTest
    @CsvSource({"en, first-run", "es, primera-vez"})
    @DisplayName("without an engine set-up opens by itself, and a key that was not confirmed is shown again")
    void firstRun(String language, String name) throws IOException {
        open(Places.here(folder.resolve("engine"), folder.resolve("setup.json")), Snapshot.NOTHING, language);
        assertThat(Fx.on(() -> stage.getScene().lookup("#vault-location"))).isNotNull();
        Fx.run(() -> ((Button) stage.getScene().lookup("#setup-next")).fire());
        assertThat(Fx.on(() -> stage.getScene().getFocusOwner().getId())).isEqualTo("vault-location");
        picture("setup-" + name, Appearance.LIGHT);
        Fx.run(stage::close);

        Files.createDirectories(folder.resolve("engine"));
        Files.writeString(
                folder.resolve("engine").resolve("recovery-key-until-kept"),
                "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ-0123-4567-89AB-CDEF-GHJK-MNPQ");
        open(Places.here(folder.resolve("engine"), folder.resolve("setup.json")), Snapshot.NOTHING, language);
        assertThat(Fx.on(() -> stage.getScene().lookup("#vault-proof"))).isNotNull();
        picture("setup-key-" + name, Appearance.LIGHT);
    }

    private void picture(String name, Appearance appearance) throws IOException {
        Gallery.picture(Fx.on(stage::getScene), name + "-" + appearance.name().toLowerCase(Locale.ROOT));
    }
}

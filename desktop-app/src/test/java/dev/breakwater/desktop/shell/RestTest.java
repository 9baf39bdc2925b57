package dev.breakwater.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.door.Connection;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.fixture.StillDoor;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.feather.Feather;

@DisplayName("A window whose engine says the same again and again")
class RestTest {

    private final Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
    private final CountingPage page = new CountingPage();
    private Shell shell;

    private static final class CountingPage implements Page {

        private final Node content = new Pane();
        private int questions;
        private int updates;

        @Override
        public Node content() {
            return content;
        }

        @Override
        public void update(Snapshot snapshot) {
            updates++;
        }

        @Override
        public void ask(Snapshot snapshot) {
            questions++;
        }
    }

    @BeforeEach
    void open() {
        shell = Fx.on(() -> {
            Texts texts = new Texts(Locale.ENGLISH);
            return new Shell(
                    new StillDoor(Snapshot.NOTHING),
                    texts,
                    new Units(texts, ZoneOffset.UTC),
                    new Settings(store),
                    List.of(Section.listed("dashboard", Feather.HOME, context -> page)),
                    context -> page,
                    ended -> {});
        });
        show(0);
    }

    @AfterEach
    void close() throws BackingStoreException {
        store.removeNode();
    }

    private int show(int seconds) {
        return show(Connection.LIVE, seconds);
    }

    /// How often the page was drawn because of figures of that second.
    private int show(Connection connection, int seconds) {
        Snapshot told = SampleSite.resting(SampleSite.NOW.plusSeconds(seconds), 0, 3);
        int before = page.updates;
        Fx.run(() -> shell.update(new Snapshot(connection, told.figures(), Duration.ZERO, null)));
        return page.updates - before;
    }

    @Test
    @DisplayName("is drawn each half minute, and at once when the engine is not heard any more")
    void rests() {
        assertThat(show(5)).isZero();
        assertThat(show(29)).isZero();
        assertThat(show(30)).isOne();
        assertThat(show(35)).isZero();
        assertThat(show(Connection.STALE, 35)).isOne();
    }

    @Test
    @DisplayName("is drawn when somebody asks for it, and when the clock was set back")
    void wakes() {
        assertThat(show(5)).isZero();
        Fx.run(shell::refresh);
        assertThat(show(6)).isOne();
        assertThat(show(-3600)).isOne();
    }

    @Test
    @DisplayName("lets its page ask with each snapshot, also while it is not drawn")
    void asks() {
        assertThat(show(5)).isZero();
        assertThat(show(10)).isZero();
        assertThat(page.questions).isEqualTo(2);
    }
}

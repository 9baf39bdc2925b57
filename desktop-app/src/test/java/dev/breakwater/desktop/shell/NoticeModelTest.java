package dev.breakwater.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.door.Connection;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.shell.NoticeModel.Kind;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NoticeModelTest {

    private static final Texts TEXTS = new Texts(Locale.ENGLISH);
    private static final Units UNITS = new Units(TEXTS, ZoneOffset.UTC);

    @Test
    @DisplayName("while the engine is heard, or was a moment ago, nothing is said")
    void silent() {
        for (Connection connection : new Connection[] {Connection.LIVE, Connection.STALE, Connection.CONNECTING}) {
            assertThat(notice(connection, true, false, false, null).kind()).isEqualTo(Kind.NONE);
        }
    }

    @Test
    @DisplayName("where there is no engine every page leads to set-up, which itself says nothing of it")
    void absent() {
        assertThat(notice(Connection.ABSENT, false, false, false, null).kind()).isEqualTo(Kind.ABSENT);
        assertThat(notice(Connection.ABSENT, false, true, false, null).kind()).isEqualTo(Kind.NONE);
    }

    @Test
    @DisplayName("a stopped engine can be started; a refused start says why and can be tried again")
    void stopped() {
        NoticeModel stopped = notice(Connection.STOPPED, true, false, false, null);
        assertThat(stopped.kind()).isEqualTo(Kind.STOPPED);
        assertThat(stopped.hasAction()).isTrue();
        NoticeModel starting = notice(Connection.STOPPED, true, false, true, null);
        assertThat(starting.kind()).isEqualTo(Kind.STARTING);
        assertThat(starting.hasAction()).isFalse();
        NoticeModel failed = notice(Connection.STOPPED, true, true, false, "Port 443 is taken.");
        assertThat(failed.kind()).isEqualTo(Kind.FAILED);
        assertThat(failed.words()).contains("Port 443 is taken.");
        assertThat(failed.hasAction()).isTrue();
    }

    @Test
    @DisplayName("set-up starts an engine for the first time itself; later it can be started there as anywhere")
    void firstStart() {
        assertThat(notice(Connection.STOPPED, false, true, false, null).kind()).isEqualTo(Kind.NONE);
        assertThat(notice(Connection.STOPPED, true, true, false, null).kind()).isEqualTo(Kind.STOPPED);
    }

    @Test
    @DisplayName("a silent engine is told with the time of what is shown, and with the cause")
    void lost() {
        assertThat(notice(Connection.OFFLINE, true, false, false, null).words())
                .startsWith("The engine does not answer; what is shown was true at 10:42:00")
                .endsWith(" Nobody answers.");
        assertThat(notice(Connection.OFFLINE, false, false, false, null).kind()).isEqualTo(Kind.UNHEARD);
    }

    private static NoticeModel notice(
            Connection connection, boolean heard, boolean setUp, boolean starting, @Nullable String failure) {
        Snapshot snapshot = new Snapshot(
                connection, heard ? SampleSite.figures(3) : null, Duration.ofMinutes(2), "Nobody answers.");
        return NoticeModel.of(snapshot, setUp, starting, failure, TEXTS, UNITS);
    }
}

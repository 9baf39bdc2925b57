package dev.breakwater.desktop.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.RpoHistory;
import dev.breakwater.control.admin.RpoHistory.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RpoModelTest {

    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");

    private static Stretch stretch(long fromMinute, long untilMinute, long seconds) {
        return new Stretch(
                FROM.plus(Duration.ofMinutes(fromMinute)), FROM.plus(Duration.ofMinutes(untilMinute)), seconds);
    }

    private static RpoModel of(Duration limit, Stretch... stretches) {
        return RpoModel.of(new RpoHistory(FROM, FROM.plus(Duration.ofHours(24)), List.of(stretches)), limit);
    }

    @Test
    @DisplayName("each minute shows its worst; what is not known is a gap, never 0")
    void minutes() {
        RpoModel model = of(null, stretch(10, 12, 30), stretch(12, 13, 5));
        assertThat(model.seconds()).hasSize(1440);
        assertThat(model.seconds()[9]).isNaN();
        assertThat(model.seconds()[10]).isEqualTo(90);
        assertThat(model.seconds()[11]).isEqualTo(150);
        assertThat(model.seconds()[12]).isEqualTo(65);
        assertThat(model.seconds()[13]).isNaN();
    }

    @Test
    @DisplayName("nothing known is nothing known, not a day without breaches")
    void nothing() {
        RpoModel model = of(Duration.ofMinutes(15));
        assertThat(model.isKnown()).isFalse();
        assertThat(model.usual()).isNull();
    }

    @Test
    @DisplayName("a breach lasts until the RPO is known to be within the limit again, a gap does not end it")
    void breaches() {
        RpoModel model = of(
                Duration.ofMinutes(5),
                stretch(0, 10, 0),
                stretch(20, 30, 1200),
                stretch(30, 33, 0),
                stretch(33, 43, 0));
        assertThat(model.breaches()).isEqualTo(2);
    }

    @Test
    @DisplayName("a history that an engine with a wrong clock tells is cut to a day")
    void wrongClock() {
        RpoHistory odd = new RpoHistory(
                FROM,
                FROM.plus(Duration.ofDays(900)),
                List.of(new Stretch(FROM.minus(Duration.ofDays(5)), FROM.plus(Duration.ofDays(900)), 7)));
        assertThat(RpoModel.of(odd, null).seconds()).hasSize(1440);
        RpoHistory backwards = new RpoHistory(FROM, FROM.minus(Duration.ofDays(1)), List.of());
        assertThat(RpoModel.of(backwards, null).seconds()).isEmpty();
    }
}

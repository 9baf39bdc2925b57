package dev.breakwater.desktop.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.JobView.State;
import dev.breakwater.control.admin.JobView.Step;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JobFiguresTest {

    private static final Instant NOW = SampleSite.NOW;
    private final Texts texts = new Texts(Locale.ENGLISH);
    private final Units units = new Units(texts, ZoneOffset.UTC);

    @Test
    @DisplayName("a step that has not begun has no duration, a running one grows, and no clock makes one negative")
    void lengths() {
        Step waiting = new Step("a", "A", State.WAITING, null, null, 0, 0, null);
        Step running = new Step("a", "A", State.RUNNING, NOW.minusSeconds(9), null, 0, 0, null);
        Step ahead = new Step("a", "A", State.RUNNING, NOW.plusSeconds(9), null, 0, 0, null);
        Step unwritten = new Step("a", "A", State.FAILED, NOW.minusSeconds(9), null, 0, 0, null);
        assertThat(JobFigures.length(waiting, NOW)).isNull();
        assertThat(JobFigures.length(running, NOW)).isEqualTo(Duration.ofSeconds(9));
        assertThat(JobFigures.length(ahead, NOW)).isEqualTo(Duration.ZERO);
        assertThat(JobFigures.length(unwritten, NOW)).isNull();
    }

    @Test
    @DisplayName("bytes are told of steps that move data, and of no other")
    void bytes() {
        assertThat(JobFigures.moved(new Step("a", "A", State.RUNNING, NOW, null, 5_000, 20_000, null), texts, units))
                .isEqualTo("5\u00a0KB of 20\u00a0KB");
        assertThat(JobFigures.moved(new Step("a", "A", State.RUNNING, NOW, null, 0, 0, null), texts, units))
                .isEmpty();
    }
}

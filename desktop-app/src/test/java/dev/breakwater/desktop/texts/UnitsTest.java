package dev.breakwater.desktop.texts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    private final Units english = new Units(new Texts(Locale.ENGLISH), ZoneOffset.UTC);
    private final Units spanish = new Units(new Texts(Locale.of("es")), ZoneOffset.UTC);

    @Test
    @DisplayName("what is not known is a dash, never 0")
    void unknown() {
        assertThat(english.count(null)).isEqualTo(Units.UNKNOWN);
        assertThat(english.bytes(null)).isEqualTo(Units.UNKNOWN);
        assertThat(english.rate(null)).isEqualTo(Units.UNKNOWN);
        assertThat(english.percent(null)).isEqualTo(Units.UNKNOWN);
        assertThat(english.percent(Double.NaN)).isEqualTo(Units.UNKNOWN);
        assertThat(english.duration(null)).isEqualTo(Units.UNKNOWN);
        assertThat(english.moment(null)).isEqualTo(Units.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1 KB",
        "1250000000, 1.25 GB",
        "99949, 99.9 KB",
        "999999, 1 MB",
        "410000000, 410 MB"
    })
    @DisplayName("amounts have three digits at most")
    void bytes(long bytes, String text) {
        assertThat(english.bytes(bytes)).isEqualTo(text.replace(' ', '\u00a0'));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min", "3599, 59 min", "3600, 1 h", "6071, 1 h 41 min", "273600, 3 d 4 h"})
    @DisplayName("a length of time is told in its two largest units")
    void durations(long seconds, String text) {
        assertThat(english.duration(Duration.ofSeconds(seconds))).isEqualTo(text.replace(' ', '\u00a0'));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 %", "0.001, 1 %", "0.5, 50 %", "0.999, 99 %", "1, 100 %"})
    @DisplayName("only what is complete is 100 %, and only nothing is 0 %")
    void percents(double share, String text) {
        assertThat(english.percent(share)).isEqualTo(text.replace(' ', '\u00a0'));
    }

    @Test
    @DisplayName("what was measured has tenths of a second below a minute")
    void measured() {
        assertThat(english.measured(Duration.ofMillis(6_940))).isEqualTo("6.9\u00a0s");
        assertThat(spanish.measured(Duration.ofMillis(200))).isEqualTo("0,2\u00a0s");
        assertThat(english.measured(Duration.ofSeconds(61))).isEqualTo("1\u00a0min");
        assertThat(english.measured(null)).isEqualTo(Units.UNKNOWN);
    }

    @Test
    @DisplayName("figures are written as the language does")
    void languages() {
        assertThat(english.count(12345)).isEqualTo("12,345");
        assertThat(spanish.count(12345)).isEqualTo("12.345");
        assertThat(spanish.bytes(1_250_000_000L)).isEqualTo("1,25\u00a0GB");
    }

    @Test
    @DisplayName("a number of things is told in singular and plural")
    void plurals() {
        assertThat(english.texts().get("dashboard.machines", 0)).isEqualTo("no machines");
        assertThat(english.texts().get("dashboard.machines", 1)).isEqualTo("1 machine");
        assertThat(english.texts().get("dashboard.machines", 10000)).isEqualTo("10,000 machines");
        assertThat(spanish.texts().get("dashboard.machines", 2)).isEqualTo("2 máquinas");
    }

    @Test
    @DisplayName("who speaks a language without bundles reads English")
    void otherLanguages() {
        assertThat(new Texts(Locale.JAPANESE).get("machines.title")).isEqualTo("Machines");
        assertThat(new Texts(Locale.of("es", "MX")).get("machines.title")).isEqualTo("Máquinas");
    }
}

package dev.breakwater.launcher.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Sizes and times as people write them")
class UnitsTest {

    @ParameterizedTest
    @CsvSource({"512,512", "64KiB,65536", "1GiB,1073741824", "2G,2147483648", "1 MiB,1048576", "3kb,3072"})
    @DisplayName("a size is read in powers of 1024")
    void sizes(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GiB", "-1", "1.5GiB", "1PiB", "99999999999999999999", "9999999999999TiB"})
    @DisplayName("what is no size is refused")
    void noSizes(String text) {
        assertThatThrownBy(() -> Sizes.parse(text))
                .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "1610612736,1.5 GiB"})
    @DisplayName("a size is shown short")
    void shown(long bytes, String text) {
        assertThat(Sizes.format(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"30s,30,30 s", "5m,300,5 min", "24h,86400,24 h", "3d,259200,3 d", "90,90,90 s", "0s,0,0 s"})
    @DisplayName("a time is read and shown")
    void times(String text, long seconds, String shown) {
        assertThat(Times.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(Times.format(Duration.ofSeconds(seconds))).isEqualTo(shown);
    }
}

package dev.breakwater.desktop.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScalesTest {

    @Test
    @DisplayName("a scale holds its largest value, and a third of it is round")
    void holds() {
        for (double value = 0.7; value < 5_000_000; value *= 1.37) {
            assertThat(Scales.ofNumber(value)).isGreaterThanOrEqualTo(value);
            double top = Scales.ofDuration(value);
            assertThat(top).isGreaterThanOrEqualTo(value);
            double third = top / 3;
            double unit = third < 60 ? 1 : third < 3600 ? 60 : 3600;
            assertThat(third % unit).as("a third of " + top).isZero();
        }
        assertThat(Scales.ofNumber(0)).isZero();
        assertThat(Scales.ofDuration(0)).isZero();
    }
}

package dev.breakwater.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A byte range")
class ByteRangeTest {

    @Test
    @DisplayName("grows to the whole blocks that hold it")
    void growsToBlocks() {
        assertThat(new ByteRange(4095, 2).toBlocks()).isEqualTo(new ByteRange(0, 8192));
        assertThat(new ByteRange(4096, 4096).toBlocks()).isEqualTo(new ByteRange(4096, 4096));
    }

    @Test
    @DisplayName("overlaps another only where they share a byte")
    void overlaps() {
        assertThat(new ByteRange(0, 10).overlaps(new ByteRange(10, 1))).isFalse();
        assertThat(new ByteRange(0, 11).overlaps(new ByteRange(10, 1))).isTrue();
    }

    @Test
    @DisplayName("refuses a length whose end would not fit a long")
    void refusesOverflow() {
        assertThatThrownBy(() -> new ByteRange(Long.MAX_VALUE - 1, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.breakwater.platform.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Memory for reading past the page cache")
class DirectMemoryTest {

    private static final long MIB = 1 << 20;

    @Test
    @DisplayName("begins at a huge page, is filled with zeros, and each piece is its own")
    void pieces() {
        try (Arena arena = Arena.ofShared()) {
            List<MemorySegment> pieces = DirectMemory.allocate(arena, 3, MIB);

            assertThat(pieces).hasSize(3);
            assertThat(pieces.getFirst().address() % (2 * MIB)).isZero();
            for (int i = 0; i < pieces.size(); i++) {
                assertThat(pieces.get(i).byteSize()).isEqualTo(MIB);
                assertThat(pieces.get(i).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
                pieces.get(i).fill((byte) (i + 1));
            }
            for (int i = 0; i < pieces.size(); i++) {
                assertThat(pieces.get(i).toArray(ValueLayout.JAVA_BYTE)).containsOnly(i + 1);
            }
        }
    }

    @Test
    @DisplayName("is gone with its arena")
    void gone() {
        MemorySegment piece;
        try (Arena arena = Arena.ofShared()) {
            piece = DirectMemory.allocate(arena, 1, MIB).getFirst();
        }

        assertThatThrownBy(() -> piece.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    }
}

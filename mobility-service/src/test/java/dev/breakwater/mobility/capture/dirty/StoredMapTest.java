package dev.breakwater.mobility.capture.dirty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.Blocks;
import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The layout of version 1: seven planes, one behind the other, each of whole pages of 4096 bytes; bit b % 8 of byte
/// b / 8 (of 64-bit words, least significant first) is block b.
@DisplayName("The file of a dirty map")
class StoredMapTest {

    private static final int BLOCKS = 77;
    private static final long DISK = (long) BLOCKS * Blocks.BLOCK_BYTES;
    private static final int PLANE = 4096;
    private static final int PLANES = 7;

    @TempDir
    Path folder;

    /// Blocks 1 to 9 dirty, 64 to 66 taken by generation 2, 70 suspect.
    private static byte[] golden() {
        byte[] file = new byte[PLANES * PLANE];
        put(file, 0, "fe03");
        put(file, 3 * PLANE, "000000000000000007");
        put(file, 5 * PLANE, "000000000000000040");
        return file;
    }

    private static void put(byte[] file, int at, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        System.arraycopy(bytes, 0, file, at, bytes.length);
    }

    @Test
    @DisplayName("is written as in version 1")
    void written() throws IOException {
        Path file = folder.resolve("map");
        try (DirtyMap map = DirtyMap.open(file, DISK)) {
            map.mark(64L * Blocks.BLOCK_BYTES, 3L * Blocks.BLOCK_BYTES);
            map.take(2, 0, 100, new long[2]);
            map.mark(Blocks.BLOCK_BYTES, 9L * Blocks.BLOCK_BYTES);
            map.suspect(70L * Blocks.BLOCK_BYTES, 1);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(golden());
    }

    @Test
    @DisplayName("of version 1 is read as it was written")
    void read() throws IOException {
        Path file = Files.write(folder.resolve("map"), golden());
        try (DirtyMap map = DirtyMap.open(file, DISK)) {
            assertThat(map.dirtyBlocks()).isEqualTo(9);
            assertThat(map.takenBlocks(2)).isEqualTo(3);
            map.returnToDirty(2);
            map.settle();
            assertThat(map.dirtyBlocks()).isEqualTo(13);
        }
    }

    @Test
    @DisplayName("that was cut or belongs to a disk of another size is replaced by an empty one")
    void cut() throws IOException {
        Path file = Files.write(folder.resolve("map"), Arrays.copyOf(golden(), 6 * PLANE));
        try (DirtyMap map = DirtyMap.open(file, DISK)) {
            assertThat(map.anyDirty()).isFalse();
        }
        assertThat(Files.size(file)).isEqualTo(PLANES * PLANE);
    }

    @Test
    @DisplayName("however damaged, names no block beyond the disk and lets every dirty one be taken")
    void hostile() throws IOException {
        Path file = folder.resolve("map");
        Fuzz.of("dirty-map").good(golden()).usually(1_000).run(input -> {
            Files.write(file, input);
            try (DirtyMap map = DirtyMap.open(file, DISK)) {
                map.settle();
                long[] run = new long[2];
                long at = 0;
                while (map.take(1, at, 100, run)) {
                    assertThat(run[0]).isBetween(at, BLOCKS - 1L);
                    assertThat(run[0] + run[1]).isBetween(run[0] + 1, (long) BLOCKS);
                    at = run[0];
                }
                assertThat(map.dirtyBlocks()).isZero();
                assertThat(map.takenBlocks(1)).isBetween(0L, (long) BLOCKS);
            }
        });
    }
}

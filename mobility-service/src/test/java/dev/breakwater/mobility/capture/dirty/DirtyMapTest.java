package dev.breakwater.mobility.capture.dirty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A dirty map")
class DirtyMapTest {

    private static final int BLOCK = Blocks.BLOCK_BYTES;
    /// Three pages of a plane and a bit, so that the edges are met.
    private static final int BLOCKS = 3 * 32768 + 77;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("agrees with a plain model through random marks, takes, losses and reopening")
    void agreesWithModel() throws Exception {
        Random random = new Random(7);
        DirtyMap map = DirtyMap.open(folder.resolve("map"), (long) BLOCKS * BLOCK);
        BitSet dirty = new BitSet(BLOCKS);
        BitSet[] taken = {new BitSet(), new BitSet(), new BitSet(), new BitSet()};
        long[] run = new long[2];
        try {
            for (int step = 0; step < 4000; step++) {
                int generation = random.nextInt(4);
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> {
                        int from = random.nextInt(BLOCKS);
                        int to = Math.min(BLOCKS, from + 1 + random.nextInt(random.nextInt(50) == 0 ? 40_000 : 130));
                        map.mark((long) from * BLOCK + 5, (long) (to - from) * BLOCK - 9);
                        dirty.set(from, to);
                    }
                    case 3, 4, 5 -> {
                        int from = random.nextInt(BLOCKS);
                        boolean found = map.take(generation, from, 100, run);
                        int first = dirty.nextSetBit(from);
                        assertThat(found).isEqualTo(first >= 0);
                        if (found) {
                            int end = Math.min(dirty.nextClearBit(first), Math.min(BLOCKS, first + 100));
                            assertThat(run).containsExactly(first, end - first);
                            dirty.clear(first, end);
                            taken[generation].set(first, end);
                        }
                    }
                    case 6 -> {
                        if (random.nextBoolean()) {
                            map.durable(generation);
                        } else {
                            map.returnToDirty(generation);
                            dirty.or(taken[generation]);
                        }
                        taken[generation].clear();
                    }
                    default -> {
                        map.close();
                        map = DirtyMap.open(folder.resolve("map"), (long) BLOCKS * BLOCK);
                    }
                }
                if (step % 50 == 0) {
                    assertThat(map.dirtyBlocks()).isEqualTo(dirty.cardinality());
                    assertThat(map.takenBlocks(generation)).isEqualTo(taken[generation].cardinality());
                    assertThat(map.anyDirty()).isEqualTo(!dirty.isEmpty());
                }
            }
        } finally {
            map.close();
        }
    }

    @Test
    @DisplayName("leaves excluded blocks out, but not those that are excluded only in part")
    void excludes() throws Exception {
        try (DirtyMap map = DirtyMap.open(folder.resolve("map"), (long) BLOCKS * BLOCK)) {
            map.mark(0, 10L * BLOCK);
            map.exclude(List.of(new ByteRange(BLOCK + 1, 3 * BLOCK)));
            assertThat(map.dirtyBlocks()).isEqualTo(8);
            map.mark(0, 10L * BLOCK);
            assertThat(map.dirtyBlocks()).isEqualTo(8);
        }
    }

    @Test
    @DisplayName("makes blocks dirty that are left out no longer, also if an earlier run had left them out")
    void endsExclusions() throws Exception {
        Path file = folder.resolve("map");
        try (DirtyMap map = DirtyMap.open(file, (long) BLOCKS * BLOCK)) {
            boolean ended = map.exclude(List.of(
                    new ByteRange(20L * BLOCK, 10L * BLOCK),
                    new ByteRange(4L * BLOCK, 3L * BLOCK),
                    new ByteRange(6L * BLOCK, 4L * BLOCK)));
            assertThat(ended).isFalse();
            map.mark(0, 40L * BLOCK);
            assertThat(map.dirtyBlocks()).isEqualTo(40 - 10 - 6);
            assertThat(map.leftOut(4L * BLOCK, 6L * BLOCK)).isTrue();
            assertThat(map.leftOut(4L * BLOCK, 7L * BLOCK)).isFalse();
            map.take(1, 0, 40, new long[2]);
        }
        try (DirtyMap map = DirtyMap.open(file, (long) BLOCKS * BLOCK)) {
            long before = map.dirtyBlocks();
            map.mark(20L * BLOCK, 10L * BLOCK);
            assertThat(map.dirtyBlocks()).as("still left out").isEqualTo(before);
            assertThat(map.exclude(List.of(new ByteRange(22L * BLOCK, 2L * BLOCK))))
                    .isTrue();
            assertThat(map.dirtyBlocks()).isEqualTo(before + 8 + 6);
            assertThat(map.exclude(List.of(new ByteRange(22L * BLOCK, 2L * BLOCK))))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("holds suspects back until the disk is quiet")
    void suspects() throws Exception {
        try (DirtyMap map = DirtyMap.open(folder.resolve("map"), (long) BLOCKS * BLOCK)) {
            map.suspect(5L * BLOCK, BLOCK);
            assertThat(map.anyDirty()).isFalse();
            map.settle();
            assertThat(map.dirtyBlocks()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("ignores what passes the end of the disk, and knows what lies outside of ranges")
    void edges() throws Exception {
        try (DirtyMap map = DirtyMap.open(folder.resolve("map"), 10L * BLOCK + 512)) {
            assertThat(map.blocks()).isEqualTo(11);
            map.mark(10L * BLOCK, 100L * BLOCK);
            map.mark(200L * BLOCK, BLOCK);
            assertThat(map.dirtyBlocks()).isEqualTo(1);
            assertThat(map.take(1, 0, 100, new long[2])).isTrue();
            assertThat(map.takenOutside(1, List.of(new ByteRange(0, 5L * BLOCK))))
                    .isTrue();
            assertThat(map.takenOutside(1, List.of(new ByteRange(0, BLOCK), new ByteRange(10L * BLOCK, BLOCK))))
                    .isFalse();
        }
    }
}

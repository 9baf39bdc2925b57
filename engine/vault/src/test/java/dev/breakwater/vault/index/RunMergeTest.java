package dev.breakwater.vault.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.framecodec.AttemptSalt;
import dev.breakwater.model.DiskId;
import dev.breakwater.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Runs")
class RunMergeTest {

    private static final DiskId DISK = new DiskId(new UUID(1, 1));
    private static final FrameSource PAGES = new FrameSource(ObjectRef.checkpoint(1), new AttemptSalt(1, 2));

    private final Map<FrameRef, byte[]> pages = new HashMap<>();
    private final PageLoader loader = new PageLoader(frame -> ByteBuffer.wrap(pages.get(frame)), 4 << 20);
    private int nextOffset;

    private FrameRef append(ByteBuffer raw) {
        byte[] content = new byte[raw.remaining()];
        raw.get(content);
        FrameRef frame = new FrameRef(PAGES, nextOffset, nextOffset++, content.length, content.length);
        pages.put(frame, content);
        return frame;
    }

    /// Content of a block is told by who wrote it: its slot, or 0 for zeros.
    private Run slot(long slot, long[] content, Random random, int writes) throws Exception {
        boolean[] written = new boolean[content.length];
        for (int i = 0; i < writes; i++) {
            int from = random.nextInt(content.length);
            int length = 1 + random.nextInt(Math.min(40, content.length - from));
            boolean zeros = random.nextInt(4) == 0;
            for (int block = from; block < from + length; block++) {
                content[block] = zeros ? 0 : slot;
                written[block] = true;
            }
        }
        RunBuilder builder = new RunBuilder(DISK, slot, slot, this::append);
        int block = 0;
        while (block < content.length) {
            if (!written[block]) {
                block++;
                continue;
            }
            int end = block;
            while (end < content.length && written[end] && content[end] == content[block] && end - block < 64) {
                end++;
            }
            add(builder, block, end - block, slot, content[block] == 0);
            block = end;
        }
        return builder.finish().orElseThrow();
    }

    private static void add(RunBuilder builder, long block, int length, long slot, boolean zeros) throws Exception {
        builder.group(block);
        if (zeros) {
            builder.zeros(length, slot, true);
            return;
        }
        byte[] digests = new byte[64 * RunBuilder.DIGEST_BYTES];
        for (int i = 0; i < length; i++) {
            ByteBuffer.wrap(digests, i * RunBuilder.DIGEST_BYTES, 16)
                    .putLong(slot)
                    .putLong(block + i);
        }
        FrameSource source = new FrameSource(ObjectRef.point(slot), new AttemptSalt(slot, slot));
        FrameRef frame = new FrameRef(source, (int) block, (int) block, 64 * 4096, 64 * 4096);
        builder.data(length, slot, true, frame, 0, digests, 0);
    }

    /// Whoever wrote each block, according to the runs; checks digests and frames on the way.
    private long[] read(List<Run> newestFirst, long at, int blocks) throws Exception {
        long[] content = new long[blocks];
        MergeCursor cursor = new MergeCursor(loader, newestFirst, 0);
        while (cursor.next()) {
            int version = cursor.versionAt(at);
            if (version < 0 || cursor.isZero(version)) {
                continue;
            }
            ExtentPage page = cursor.page(version);
            int extent = cursor.extent(version);
            byte[] digests = loader.digests(page.digests());
            for (long block = cursor.start(); block < cursor.end(); block++) {
                int skip = (int) (block - page.start(extent));
                ByteBuffer digest = ByteBuffer.wrap(digests, (page.digest(extent) + skip) * 16, 16);
                content[(int) block] = digest.getLong();
                assertThat(digest.getLong()).isEqualTo(block);
                assertThat(page.source(extent).object().low()).isEqualTo(content[(int) block]);
                assertThat(page.frameOffset(extent) + page.blockInFrame(extent) + skip)
                        .isEqualTo(block);
            }
        }
        return content;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("say the same of every live slot however they are merged, and forget the rest")
    void mergingKeepsWhatIsSeen(long seed) throws Exception {
        Random random = new Seed(seed).random();
        int blocks = 500;
        long[] content = new long[blocks];
        List<Run> runs = new ArrayList<>();
        Map<Long, long[]> history = new HashMap<>();
        Set<Long> live = new HashSet<>();
        for (long slot = 1; slot <= 60; slot++) {
            runs.addFirst(slot(slot, content, random, 1 + random.nextInt(12)));
            history.put(slot, content.clone());
            if (random.nextInt(3) == 0) {
                live.add(slot);
            }
            if (random.nextInt(5) == 0) {
                int count = 1 + random.nextInt(runs.size());
                boolean bottom = count == runs.size();
                if (!live.isEmpty() && random.nextBoolean()) {
                    live.remove(live.iterator().next());
                }
                RunMerge merge = new RunMerge(loader, new LiveSlots(live), FrameRelocation.NONE);
                List<Run> inputs = runs.subList(0, count);
                var merged = merge.merge(DISK, inputs, bottom, this::append);
                inputs.clear();
                merged.ifPresent(runs::addFirst);
            }
            for (long seen : live) {
                assertThat(read(runs, seen, blocks)).as("slot %s", seen).isEqualTo(history.get(seen));
            }
            assertThat(read(runs, Long.MAX_VALUE, blocks)).isEqualTo(content);
        }
        RunMerge last = new RunMerge(loader, new LiveSlots(Set.of()), FrameRelocation.NONE);
        Run one = last.merge(DISK, runs, true, this::append).orElseThrow();
        assertThat(one.extents()).isLessThanOrEqualTo(blocks);
        assertThat(read(List.of(one), Long.MAX_VALUE, blocks)).isEqualTo(content);
    }

    @Test
    @DisplayName("of many pages are found from any block, with a cache that holds few of them")
    void manyPages() throws Exception {
        int count = 700_000;
        RunBuilder builder = new RunBuilder(DISK, 1, 1, this::append);
        for (long i = 0; i < count; i++) {
            add(builder, i * 3, 1, 1, i % 2 == 0);
        }
        Run run = builder.finish().orElseThrow();
        assertThat(run.height()).isEqualTo(2);
        assertThat(run.extents()).isEqualTo(count);
        Random random = new Seed(1).random();
        for (int i = 0; i < 3000; i++) {
            long block = random.nextLong(3L * count);
            RunCursor cursor = new RunCursor(loader, run, block);
            long expected = Math.ceilDiv(block, 3) * 3;
            if (expected >= 3L * count) {
                assertThat(cursor.atEnd()).isTrue();
            } else {
                assertThat(cursor.page().start(cursor.extent())).isEqualTo(expected);
            }
        }
        assertThat(new RunCursor(loader, run, 3L * count).atEnd()).isTrue();
        MergeCursor all = new MergeCursor(loader, List.of(run), 0);
        int pieces = 0;
        while (all.next()) {
            pieces++;
        }
        assertThat(pieces).isEqualTo(count);
    }

    @Test
    @DisplayName("keep thousands of versions of one range, over several pages")
    void manyVersions() throws Exception {
        List<Run> runs = new ArrayList<>();
        Set<Long> live = new HashSet<>();
        for (long slot = 1; slot <= 4000; slot++) {
            RunBuilder builder = new RunBuilder(DISK, slot, slot, this::append);
            add(builder, 10, 20, slot, slot % 7 == 0);
            runs.addFirst(builder.finish().orElseThrow());
            live.add(slot);
        }
        RunMerge merge = new RunMerge(loader, new LiveSlots(live), FrameRelocation.NONE);
        Run merged = merge.merge(DISK, runs, true, this::append).orElseThrow();
        assertThat(merged.height()).isEqualTo(1);
        for (long slot : new long[] {1, 6, 7, 8, 700, 2345, 3999, 4000}) {
            long[] content = read(List.of(merged), slot, 40);
            assertThat(content[9]).isZero();
            assertThat(content[10]).isEqualTo(slot % 7 == 0 ? 0 : slot);
            assertThat(content[29]).isEqualTo(content[10]);
            assertThat(content[30]).isZero();
        }
    }

    @Test
    @DisplayName("whose pages are no such pages are refused")
    void hostilePages() throws Exception {
        RunBuilder builder = new RunBuilder(DISK, 1, 1, this::append);
        for (long i = 0; i < 50; i++) {
            add(builder, i * 3, 1, 1, i % 2 == 0);
        }
        Run run = builder.finish().orElseThrow();
        byte[] sound = pages.get(run.root());
        Random random = new Seed(3).random();
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] hostile = sound.clone();
            for (int flips = 0; flips <= i % 3; flips++) {
                hostile[random.nextInt(hostile.length)] = (byte) random.nextInt();
            }
            if (i % 5 == 0) {
                hostile = Arrays.copyOf(hostile, random.nextInt(hostile.length));
            }
            try {
                ExtentPage page = ExtentPage.decode(ByteBuffer.wrap(hostile));
                for (int e = 0; e < page.count(); e++) {
                    assertThat(page.end(e)).isGreaterThan(page.start(e));
                }
            } catch (IndexFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
        assertThatThrownBy(() -> FencePage.decode(ByteBuffer.wrap(sound))).isInstanceOf(IndexFormatException.class);
    }
}

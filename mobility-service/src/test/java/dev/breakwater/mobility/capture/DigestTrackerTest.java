package dev.breakwater.mobility.capture;

import static dev.breakwater.mobility.capture.LoopDisk.sh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.mobility.capture.digest.DigestTracker;
import dev.breakwater.mobility.capture.dirty.DirtyMap;
import dev.breakwater.mobility.capture.trace.TracedDisk;
import dev.breakwater.platform.linux.DiskReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // closing may be interrupted like the test itself
@DisplayName("A device that is tracked by digests")
class DigestTrackerTest {

    private static final long SIZE = 64L << 20;

    @TempDir
    Path folder;

    private DigestTracker tracker(LoopDisk loop, DiskReader reader, DirtyMap map, Duration maxFrozen) throws Exception {
        return new DigestTracker(
                reader,
                map,
                Optional.of(TracedDisk.of(loop.disk().device())),
                folder.resolve("digests"),
                maxFrozen,
                System::nanoTime);
    }

    @Test
    @DisplayName("is not read while frozen if nothing was written since the scan before, and is read if something was")
    void readsOnlyAfterWrites() throws Exception {
        LoopDisk.require("dd");
        try (LoopDisk loop = LoopDisk.create(Path.of("/dev/shm"), SIZE, "", "");
                DiskReader reader = DiskReader.open(loop.disk().device(), SIZE);
                DirtyMap map = DirtyMap.open(folder.resolve("map"), SIZE);
                DigestTracker tracker = tracker(loop, reader, map, Duration.ofSeconds(5))) {
            tracker.baseline();
            long before = sectorsRead(loop);
            tracker.refresh();
            tracker.barrier();
            assertThat(sectorsRead(loop)).isEqualTo(before);
            assertThat(map.anyDirty()).isFalse();
            sh("dd if=/dev/urandom of=" + loop.disk().device() + " bs=4k seek=700 count=3 oflag=direct status=none");
            tracker.barrier();
            assertThat(map.dirtyBlocks()).isEqualTo(3);
            assertThat(sectorsRead(loop) - before).isEqualTo(SIZE / 512);
        }
    }

    @Test
    @DisplayName("that takes too long to read is refused a point while it is written, with the reason")
    void tooSlow() throws Exception {
        LoopDisk.require("dd");
        try (LoopDisk loop = LoopDisk.create(Path.of("/dev/shm"), SIZE, "", "");
                DiskReader reader = DiskReader.open(loop.disk().device(), SIZE);
                DirtyMap map = DirtyMap.open(folder.resolve("map"), SIZE);
                DigestTracker tracker = tracker(loop, reader, map, Duration.ofNanos(1))) {
            tracker.baseline();
            tracker.barrier();
            sh("dd if=/dev/urandom of=" + loop.disk().device() + " bs=4k count=1 oflag=direct status=none");
            assertThatThrownBy(tracker::barrier)
                    .isInstanceOf(DigestTracker.TooSlowException.class)
                    .hasMessageContaining("longer than the");
            tracker.refresh();
            assertThat(map.dirtyBlocks()).as("found while nothing stands still").isEqualTo(1);
        }
    }

    private static long sectorsRead(LoopDisk loop) throws Exception {
        String name = Path.of(loop.disk().device()).getFileName().toString();
        return Long.parseLong(sh("cat /sys/block/" + name + "/stat").strip().split("\\s+", -1)[2]);
    }
}

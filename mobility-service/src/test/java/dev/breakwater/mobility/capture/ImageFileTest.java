package dev.breakwater.mobility.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.mobility.capture.dirty.DirtyMap;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Needs no root: an image file is tracked by digests. So this is also where generations are tried.
@DisplayName("The capture of an image file")
class ImageFileTest {

    private static final long SIZE = (16L << 20) + 512;

    @TempDir
    private Path folder;

    private ProtectedDisk disk;
    private Replica replica;
    private CaptureSettings settings;
    private MachineCapture capture;

    @BeforeEach
    void open() throws Exception {
        Path image = folder.resolve("image");
        disk = new ProtectedDisk(new DiskId(UUID.randomUUID()), image.toString(), SIZE);
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        write(1, 1 << 20, 300_000);
        write(2, 9 << 20, 5000);
        write(3, SIZE - 512, 512);
        replica = new Replica(folder, List.of(disk));
        settings = ExactUnderLoadTest.settings(folder.resolve("state"));
        capture = MachineCapture.open(settings, List.of(disk));
    }

    @AfterEach
    void close() throws Exception {
        capture.close();
        replica.close();
    }

    private void write(long seed, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        try (var file = new RandomAccessFile(folder.resolve("image").toFile(), "rw")) {
            file.seek(offset);
            file.write(bytes);
        }
    }

    private void requireExact() throws IOException {
        assertThat(replica.differences(disk, folder.resolve("image"))).isEmpty();
    }

    private ClosedGeneration.Point point() throws Exception {
        return capture.closePoint(replica, PointRequest.crashConsistent());
    }

    @Test
    @DisplayName("begins anew with what is no hole, and then sends only what changed")
    void sendsChanges() throws Exception {
        assertThat(capture.start()).isInstanceOf(CaptureStart.Anew.class);
        assertThat(capture.remarks()).anyMatch(remark -> remark.contains("read entirely for each point"));
        capture.markAllocated(disk.id());
        assertThat(capture.dirtyBytes()).isBetween(300_000L, 1L << 20);
        ClosedGeneration.Point first = point();
        requireExact();
        assertThat(first.generation()).isEqualTo(1);
        long sent = replica.dataBytes;

        write(4, 3 << 20, 8192);
        ClosedGeneration.Point second = point();
        requireExact();
        assertThat(second.changedBytes()).isEqualTo(8192);
        assertThat(replica.dataBytes - sent).isEqualTo(8192);
    }

    @Test
    @DisplayName("lets four generations be open, not more, and forgets what is durable")
    void boundsGenerations() throws Exception {
        for (int i = 0; i < 3; i++) {
            write(i, (long) i << 20, 4096);
            assertThat(capture.canClose()).isTrue();
            point();
        }
        assertThat(capture.canClose()).isFalse();
        assertThatThrownBy(this::point).isInstanceOf(IllegalStateException.class);
        capture.durable(1);
        assertThat(capture.canClose()).isTrue();
        assertThatThrownBy(() -> capture.durable(capture.currentGeneration()))
                .isInstanceOf(IllegalArgumentException.class);
        capture.durable(3);
        capture.returnLost(3);
        assertThat(capture.dirtyBytes()).isZero();
    }

    @Test
    @DisplayName("makes dirty again what was lost, under a new number")
    void returnsLost() throws Exception {
        capture.markAllocated(disk.id());
        point();
        write(5, 0, 4096);
        point();
        write(6, 8192, 4096);
        point();
        capture.returnLost(1);
        assertThat(capture.dirtyBytes()).isEqualTo(8192);
        assertThat(capture.currentGeneration()).isEqualTo(4);
        ClosedGeneration.Point point = point();
        assertThat(point.generation()).isEqualTo(4);
        assertThat(point.changedBytes()).isEqualTo(8192);
        assertThatThrownBy(() -> capture.returnLost(9)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("loses no block when the sink fails in the middle")
    void failingSink() throws Exception {
        capture.markAllocated(disk.id());
        replica.failAfter = 100_000;
        assertThatThrownBy(() -> capture.copyPass(replica, Long.MAX_VALUE)).hasMessageContaining("as it was told");
        while (capture.copyPass(replica, 1 << 20) > 0) {
            assertThat(capture.openBytes()).isPositive();
        }
        point();
        requireExact();
    }

    @Test
    @DisplayName("loses no zeros when the sink refuses them")
    void failingAtZeros() throws Exception {
        capture.mark(disk.id(), new ByteRange(4 << 20, 3 << 20));
        replica.failAtZeros = true;
        assertThatThrownBy(() -> capture.copyPass(replica, Long.MAX_VALUE)).hasMessageContaining("as it was told");
        assertThat(capture.dirtyBytes()).isEqualTo(3 << 20);
    }

    @Test
    @DisplayName("goes on after a restart of the program, with its generations")
    void resumes() throws Exception {
        capture.markAllocated(disk.id());
        point();
        write(7, 5 << 20, 4096);
        point();
        UUID incarnation = capture.incarnation();
        assertThatThrownBy(() -> MachineCapture.open(settings, List.of(disk)))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.kind()).isEqualTo(CaptureException.Kind.REFUSED));
        capture.close();

        write(8, 6 << 20, 4096);
        capture = MachineCapture.open(settings, List.of(disk));
        assertThat(capture.start()).isEqualTo(new CaptureStart.Resumed());
        assertThat(capture.incarnation()).isEqualTo(incarnation);
        assertThat(capture.currentGeneration()).isEqualTo(3);
        capture.returnLost(1);
        assertThat(point().changedBytes()).isEqualTo(8192);
        requireExact();
    }

    @Test
    @DisplayName("begins anew if a dirty map is gone or was cut, also after a kill: an empty one would hide changes")
    void lostMap() throws Exception {
        Path map = settings.stateFolder().resolve(disk.id() + ".planes");
        capture.markAllocated(disk.id());
        point();
        capture.close();
        Files.write(map, new byte[4096]);
        requireAnewWithoutMap();

        capture.close();
        Files.delete(map);
        requireAnewWithoutMap();

        capture.close();
        Files.delete(map);
        Path image = Path.of(disk.device());
        Path away = folder.resolve("away");
        Files.move(image, away);
        assertThatThrownBy(() -> MachineCapture.open(settings, List.of(disk))).isInstanceOf(IOException.class);
        Files.move(away, image);
        // As it is left by an opening that is killed once the map is made.
        DirtyMap.open(map, disk.sizeBytes()).close();
        capture = MachineCapture.open(settings, List.of(disk));
        assertThat(capture.start()).as("after an opening that came to nothing").isInstanceOf(CaptureStart.Anew.class);
    }

    private void requireAnewWithoutMap() throws IOException {
        capture = MachineCapture.open(settings, List.of(disk));
        assertThat(capture.start())
                .isInstanceOfSatisfying(
                        CaptureStart.Anew.class,
                        anew -> assertThat(anew.toString()).contains("no whole dirty map of " + disk.device()));
    }

    @Test
    @DisplayName("begins anew for another disk under the same name, and when told to")
    void beginsAnew() throws Exception {
        UUID incarnation = capture.incarnation();
        write(9, 0, 4096);
        point();
        capture.renew("a test");
        assertThat(capture.incarnation()).isNotEqualTo(incarnation);
        assertThat(capture.currentGeneration()).isEqualTo(1);
        assertThat(capture.dirtyBytes()).as("what was not durable").isEqualTo(4096);
        capture.close();
        Files.copy(folder.resolve("image"), folder.resolve("other"));
        Files.move(folder.resolve("other"), folder.resolve("image"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        capture = MachineCapture.open(settings, List.of(disk));
        assertThat(capture.start()).isInstanceOf(CaptureStart.Anew.class);
        assertThat(capture.dirtyBytes()).isZero();
    }

    @Test
    @DisplayName("reads parts of a disk several at once, each with its own content, and sends zeros as such")
    void readsAndZeros() throws Exception {
        byte[] expected = Files.readAllBytes(Path.of(disk.device()));
        List<Future<byte[]>> parts = new ArrayList<>();
        for (int part = 0; part < SIZE >> 20; part++) {
            parts.add(capture.read(disk.id(), new ByteRange((long) part << 20, 1 << 20), content -> {
                byte[] copy = new byte[content.remaining()];
                content.get(copy);
                return copy;
            }));
        }
        for (int part = 0; part < parts.size(); part++) {
            assertThat(parts.get(part).get()).isEqualTo(Arrays.copyOfRange(expected, part << 20, (part + 1) << 20));
        }
        assertThatThrownBy(() -> capture.read(disk.id(), new ByteRange(SIZE - 4096, 8192), content -> content))
                .isInstanceOf(IndexOutOfBoundsException.class);

        capture.mark(disk.id(), new ByteRange(4 << 20, 1 << 20));
        point();
        assertThat(replica.zeros).containsExactly(new ByteRange(4 << 20, 1 << 20));
        assertThat(replica.dataBytes).isZero();
    }

    @Test
    @DisplayName("sends zeros as one stretch for as far as they go, also beyond what is read at once")
    void joinsZeros() throws Exception {
        write(7, 7 << 20, 4096);
        capture.mark(disk.id(), new ByteRange(2 << 20, 6 << 20));
        capture.mark(disk.id(), new ByteRange(10 << 20, 1 << 20));
        point();
        assertThat(replica.zeros)
                .containsExactly(
                        new ByteRange(2 << 20, 5 << 20),
                        new ByteRange((7 << 20) + 4096, (1 << 20) - 4096),
                        new ByteRange(10 << 20, 1 << 20));
        assertThat(replica.dataBytes).isEqualTo(4096);
    }

    @Test
    @DisplayName("compresses large pieces that become smaller for it, and nothing else")
    void compresses() throws Exception {
        byte[] half = new byte[1 << 20];
        new Random(8).nextBytes(half);
        for (int block = 0; block < half.length; block += 4096) {
            Arrays.fill(half, block, block + 2048, (byte) block);
        }
        try (var file = new RandomAccessFile(disk.device(), "rw")) {
            file.seek(3 << 20);
            file.write(half);
            file.seek(6 << 20);
            file.write(half, 0, 131_072);
            file.seek(7 << 20);
            file.write(half, 0, 126_976);
        }
        capture.mark(disk.id(), new ByteRange(0, disk.sizeBytes()));
        point();
        requireExact();
        assertThat(replica.compressedBytes).isEqualTo((1 << 20) + 131_072);
    }

    @Test
    @DisplayName("leaves nothing behind once forgotten")
    void forgets() throws Exception {
        capture.forget();
        assertThat(folder.resolve("state")).doesNotExist();
        capture = MachineCapture.open(settings, List.of(disk));
        assertThat(capture.start()).isInstanceOf(CaptureStart.Anew.class);
    }
}

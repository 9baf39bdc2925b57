package dev.breakwater.vault.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.PointId;
import dev.breakwater.platform.lz4.Lz4Block;
import dev.breakwater.platform.lz4.Lz4Exception;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.reading.BlockDigests;
import dev.breakwater.vault.reading.MachineReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A machine's log")
class LogRoundTripTest {

    private final MemoryStore store = new MemoryStore();
    private final PracticeMachine machine = new PracticeMachine(Seed.orUsual(1), 3, 700);

    @ParameterizedTest
    @ValueSource(ints = {0, 1 << 20})
    @DisplayName("gives back every disk at every point, through partial generations and reopened writers")
    void everyPointIsExact(int inlineBytes) throws Exception {
        WriterLimits limits = new WriterLimits(1 << 20, inlineBytes, 1 << 20, 1);
        for (int session = 0; session < 5; session++) {
            try (MachineWriter writer = machine.writer(store, limits)) {
                for (int i = 0; i < 4; i++) {
                    machine.partial(writer, machine.random().nextInt(10));
                    machine.point(writer, machine.random().nextInt(40));
                }
            }
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(machine.verify(reader)).isEqualTo(20);
            assertThat(reader.lastDurable().orElseThrow().slot()).isEqualTo(40);
        }
    }

    @Test
    @DisplayName("has one point of an identity, also when a sender that did not hear of it takes it again")
    void pointOnce() throws Exception {
        GenerationClose.Point close = machine.pointClose();
        try (MachineWriter writer = machine.writer(store)) {
            GenerationWriter first = machine.begin(writer);
            machine.change(first, 5);
            assertThat(first.commit(close).join().point()).contains(close.id());
            machine.remember(close.id());
        }
        try (MachineWriter writer = machine.writer(store)) {
            GenerationWriter again = machine.begin(writer);
            machine.change(again, 5);
            assertThat(again.commit(close).join().point()).isEmpty();
            machine.point(writer, 3);
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(reader.points()).hasSize(2);
            assertThat(machine.verify(reader)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("digests and gives back what came compressed as what came as it was")
    void compressedPieces() throws Exception {
        byte[] content = new byte[Blocks.MAX_PIECE_BYTES];
        Arrays.fill(content, 100_000, content.length, (byte) 3);
        ByteBuffer block = ByteBuffer.allocate(Lz4Block.bound(content.length));
        assertThat(Lz4Block.compress(ByteBuffer.wrap(content), block)).isPositive();
        DiskId disk = machine.disks().getFirst();
        GenerationClose.Point close = machine.pointClose();
        try (MachineWriter writer = machine.writer(store)) {
            GenerationWriter generation = machine.begin(writer);
            generation.writeLarge(disk, 8 * 4096L, content.length, block.flip(), () -> {});
            generation.commit(close).join();
        }
        BlockDigester digester = new BlockDigester(machine.in(store).keys().digestKey());
        byte[] expected = new byte[64 * 16];
        digester.digest(ByteBuffer.wrap(content), 64, expected, 0);
        byte[] found = new byte[64 * 16];
        byte[] read;
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            reader.digests(disk, 8, 64).copy(0, 64, found, 0);
            assertThat(found).isEqualTo(expected);
            read = machine.read(reader, close.id(), disk);
        }
        assertThat(Arrays.copyOfRange(read, 8 * 4096, 72 * 4096)).isEqualTo(content);
    }

    @Test
    @DisplayName("keeps what somebody found not worth compressing as it came")
    void notCompressed() throws Exception {
        ByteBuffer zeros = ByteBuffer.allocate(Blocks.MAX_PIECE_BYTES);
        try (MachineWriter writer = machine.writer(store)) {
            GenerationWriter generation = machine.begin(writer);
            generation.writeLarge(machine.disks().getFirst(), 0, zeros.remaining(), zeros, () -> {});
            generation.commit(machine.pointClose()).join();
        }
        assertThat(store.objects().values().stream()
                        .mapToLong(object -> object.length)
                        .sum())
                .isGreaterThan(Blocks.MAX_PIECE_BYTES);
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            PointId point = reader.points().getFirst().id();
            assertThat(machine.read(reader, point, machine.disks().getFirst())).containsOnly(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {131_072, 262_144})
    @DisplayName("counts nothing of a generation in which a compressed piece is not what it claims to be")
    void falselyCompressed(int claimed) throws Exception {
        byte[] content = new byte[claimed == 131_072 ? 262_144 : 131_072];
        ByteBuffer block = ByteBuffer.allocate(Lz4Block.bound(content.length));
        Lz4Block.compress(ByteBuffer.wrap(content), block);
        block.flip();
        AtomicInteger released = new AtomicInteger();
        try (MachineWriter writer = machine.writer(store)) {
            machine.point(writer, 10);
            GenerationWriter generation = machine.begin(writer);
            generation.write(machine.disks().getFirst(), 0, ByteBuffer.allocate(4096));
            generation.writeLarge(machine.disks().getFirst(), 0, claimed, block, released::incrementAndGet);
            assertThat(released).as("given back, although it was refused").hasValue(1);
            assertThatThrownBy(() -> generation.commit(machine.pointClose()))
                    .hasCauseInstanceOf(Lz4Exception.class)
                    .hasMessageContaining("LZ4");
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(reader.points()).hasSize(1);
            assertThat(machine.verify(reader)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("takes no small piece as it came, and none that has grown")
    void notWorthCompressing() throws Exception {
        DiskId disk = machine.disks().getFirst();
        AtomicInteger released = new AtomicInteger();
        try (MachineWriter writer = machine.writer(store)) {
            GenerationWriter generation = machine.begin(writer);
            for (int[] lengths : new int[][] {{100, 126_976}, {131_073, 131_072}, {100, 266_240}, {100, 131_073}}) {
                ByteBuffer block = ByteBuffer.allocate(lengths[0]);
                assertThatThrownBy(() -> generation.writeLarge(disk, 0, lengths[1], block, released::incrementAndGet))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(released).hasValue(4);
            generation.abandon();
        }
    }

    @Test
    @DisplayName("keeps a small point in one object")
    void smallPointIsOneObject() throws Exception {
        try (MachineWriter writer = machine.writer(store)) {
            machine.point(writer, 10);
        }
        assertThat(store.objects()).hasSize(1);
    }

    @Test
    @DisplayName("serves digests of the newest state, those of zeros too")
    void digests() throws Exception {
        try (MachineWriter writer = machine.writer(store)) {
            machine.point(writer, 60);
            machine.partial(writer, 20);
        }
        BlockDigester digester = new BlockDigester(machine.in(store).keys().digestKey());
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            for (DiskId disk : machine.disks()) {
                byte[] content = machine.snapshot().get(disk);
                BlockDigests digests = reader.digests(disk, 3, 690);
                byte[] found = new byte[16];
                byte[] expected = new byte[16];
                for (int i = 0; i < 690; i++) {
                    digester.digest(ByteBuffer.wrap(content, (i + 3) * 4096, 4096), 1, expected, 0);
                    digests.copy(i, 1, found, 0);
                    assertThat(found).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    @DisplayName("names exactly the blocks in which two points differ")
    void differences() throws Exception {
        try (MachineWriter writer = machine.writer(store)) {
            machine.point(writer, 60);
            machine.point(writer, 10);
            machine.partial(writer, 5);
            machine.point(writer, 10);
        }
        List<PointId> points = new ArrayList<>(machine.points().keySet());
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            for (PointId a : points) {
                for (PointId b : points) {
                    for (DiskId disk : machine.disks()) {
                        byte[] one = machine.points().get(a).get(disk);
                        byte[] other = machine.points().get(b).get(disk);
                        List<Integer> expected = new ArrayList<>();
                        for (int at = 0; at < one.length; at += 4096) {
                            if (!Arrays.equals(one, at, at + 4096, other, at, at + 4096)) {
                                expected.add(at / 4096);
                            }
                        }
                        List<Integer> found = new ArrayList<>();
                        reader.differences(a, b, disk).forEachRemaining(range -> {
                            for (long at = range.offset(); at < range.end(); at += 4096) {
                                found.add((int) (at / 4096));
                            }
                        });
                        assertThat(found).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("stops the writer that lost a slot, and keeps what the other wrote")
    void fencing() throws Exception {
        MachineWriter first = machine.writer(store);
        MachineWriter second = machine.writer(store);
        machine.point(second, 5);
        GenerationWriter late = machine.begin(first);
        late.write(machine.disks().getFirst(), 0, ByteBuffer.allocate(4096));
        assertThatThrownBy(() -> late.commit(new GenerationClose.Partial()).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(FencedException.class);
        assertThat(first.broken()).isPresent();
        assertThatThrownBy(() -> machine.begin(first)).isInstanceOf(IllegalStateException.class);
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(machine.verify(reader)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("takes a slot whose first try went through unheard as its own")
    void retryAfterUnheardSuccess() throws Exception {
        MachineWriter writer = machine.writer(store);
        GenerationWriter open = machine.begin(writer);
        machine.change(open, 5);
        GenerationClose.Point close = machine.pointClose();
        MemoryStore flaky = store;
        flaky.loseAnswerOf(flaky.calls());
        assertThat(open.commit(close).join().slot()).isEqualTo(1);
    }

    @Test
    @DisplayName("refuses what is no whole block, without harm to the generation")
    void misuse() throws Exception {
        try (MachineWriter writer = machine.writer(store)) {
            GenerationWriter open = machine.begin(writer);
            DiskId disk = machine.disks().getFirst();
            assertThatThrownBy(() -> open.write(disk, 512, ByteBuffer.allocate(4096)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> open.write(disk, 0, ByteBuffer.allocate(Blocks.MAX_PIECE_BYTES + 4096)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> open.zero(disk, new ByteRange(0, 4097)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> machine.begin(writer)).isInstanceOf(IllegalStateException.class);
            open.abandon();
            machine.point(writer, 3);
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(machine.verify(reader)).isEqualTo(1);
        }
    }
}

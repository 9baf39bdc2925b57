package dev.breakwater.vault.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.PointId;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.reading.BlockDigests;
import dev.breakwater.vault.reading.MachineReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
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

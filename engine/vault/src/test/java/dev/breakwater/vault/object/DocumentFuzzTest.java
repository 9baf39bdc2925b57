package dev.breakwater.vault.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.framecodec.AttemptSalt;
import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.framecodec.FrameOwner;
import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.framecodec.WriteAttempt;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.Seed;
import dev.breakwater.testkit.fuzz.Fuzz;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.index.FrameSource;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.log.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hostile document of the vault")
class DocumentFuzzTest {

    private static final UUID ID = new UUID(1, 2);
    private static final MachineId MACHINE = new MachineId(new UUID(3, 4));
    private static final VaultId VAULT = new VaultId(new UUID(5, 6));

    /// One for all tests: the cipher refuses a key and nonce that it has seen.
    private static final Entropy ENTROPY = Seed.orUsual(8).entropy();

    private final FrameKey key = FrameKey.of(ENTROPY.bytes(FrameKey.KEY_BYTES));
    private final MemoryStore store = new MemoryStore();
    private final FrameAccess access = new FrameAccess(store, VAULT, new MachineKeys(MACHINE, key, Map.of()));

    private static RecoveryPoint point() {
        Hardware hardware = new Hardware(
                Hardware.Firmware.UEFI,
                2,
                1 << 30,
                List.of(new Hardware.NetworkCard("eth0", "52:54:00:00:00:01")),
                List.of(new DiskDescription(new DiskId(ID), "/dev/sda", 1 << 30, true)));
        return new RecoveryPoint(
                new PointId(ID),
                MACHINE,
                7,
                Instant.EPOCH,
                PointType.CRASH_CONSISTENT,
                hardware,
                1,
                2,
                3,
                List.of("x"));
    }

    private static Run run() {
        FrameSource source = new FrameSource(ObjectRef.segment(ID), new AttemptSalt(1, 2));
        return new Run(new DiskId(ID), 1, 7, new FrameRef(source, 1, 16, 200, 144), 1, 10, 500);
    }

    private static SlotManifest slot() {
        return new SlotManifest(
                7,
                ID,
                7,
                DocumentHash.NONE,
                4096,
                true,
                Optional.of(point()),
                List.of(run()),
                List.of(ObjectRef.segment(ID)));
    }

    private static Checkpoint checkpoint() {
        return new Checkpoint(
                1,
                Instant.EPOCH,
                7,
                DocumentHash.NONE,
                ID,
                7,
                Optional.of(new PointId(ID)),
                List.of(point()),
                List.of(point()),
                3,
                List.of(run()),
                List.of(7L),
                List.of(new Checkpoint.Deletion(ObjectRef.point(3), Instant.EPOCH)),
                10,
                7);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /// Seals a document as its writer would, so that what is read gets as far as its content.
    private long put(ObjectRef object, byte[] document) throws IOException {
        FrameSealer sealer = new FrameSealer(key, new FrameOwner(VAULT, MACHINE.uuid()), WriteAttempt.draw(ENTROPY));
        var assembled = DocumentLayout.assemble(object, List.of(), ByteBuffer.wrap(document), sealer);
        store.objects().clear();
        store.putIfAbsent(object.name(MACHINE), assembled.content());
        return assembled.size();
    }

    @Test
    @DisplayName("that a slot should be is refused, or written again as it was read")
    void slots() throws IOException {
        byte[] good = bytes(slot().encode(MACHINE).buffer());
        Fuzz.of("slot")
                .good(good)
                .refusesWith(DamagedObjectException.class)
                .usually(4000)
                .run(input -> {
                    long size = put(ObjectRef.point(7), input);
                    SlotManifest read = SlotManifest.read(access, 7, size).manifest();
                    size = put(ObjectRef.point(7), bytes(read.encode(MACHINE).buffer()));
                    assertThat(SlotManifest.read(access, 7, size).manifest()).isEqualTo(read);
                });
    }

    @Test
    @DisplayName("that a checkpoint should be is refused, or written again as it was read")
    void checkpoints() throws IOException {
        byte[] good = bytes(checkpoint().encode(MACHINE).buffer());
        Fuzz.of("checkpoint")
                .good(good)
                .refusesWith(DamagedObjectException.class)
                .usually(4000)
                .run(input -> {
                    long size = put(ObjectRef.checkpoint(1), input);
                    Checkpoint read = Checkpoint.read(access, 1, size);
                    size = put(
                            ObjectRef.checkpoint(1), bytes(read.encode(MACHINE).buffer()));
                    assertThat(Checkpoint.read(access, 1, size)).isEqualTo(read);
                });
    }

    @Test
    @DisplayName("of a version that is not known yet is refused, and that is said")
    void newer() throws IOException {
        byte[] slot = bytes(slot().encode(MACHINE).buffer());
        slot[0]++;
        long slotSize = put(ObjectRef.point(7), slot);
        assertThatThrownBy(() -> SlotManifest.read(access, 7, slotSize))
                .isInstanceOf(DamagedObjectException.class)
                .hasMessageContaining("a newer program wrote it");
        byte[] checkpoint = bytes(checkpoint().encode(MACHINE).buffer());
        checkpoint[0]++;
        long checkpointSize = put(ObjectRef.checkpoint(1), checkpoint);
        assertThatThrownBy(() -> Checkpoint.read(access, 1, checkpointSize))
                .isInstanceOf(DamagedObjectException.class)
                .hasMessageContaining("a newer program wrote it");
    }

    @Test
    @DisplayName("is refused however its object is damaged")
    void objects() throws IOException {
        long size = put(ObjectRef.point(7), bytes(slot().encode(MACHINE).buffer()));
        String name = ObjectRef.point(7).name(MACHINE);
        byte[] good = store.objects().get(name).clone();
        assertThat(good).hasSize((int) size);
        Fuzz.of("slot-object")
                .good(good)
                .refusesWith(DamagedObjectException.class)
                .usually(4000)
                .run(input -> {
                    store.objects().put(name, input);
                    SlotManifest read =
                            SlotManifest.read(access, 7, input.length).manifest();
                    assertThat(read).isEqualTo(slot());
                });
    }
}

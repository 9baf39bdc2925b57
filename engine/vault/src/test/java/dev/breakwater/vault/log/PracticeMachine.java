package dev.breakwater.vault.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.lz4.Lz4Block;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/// A machine with disks in memory that writes at random, remembers what its disks were at each point, and compares.
public final class PracticeMachine {

    private static final int BLOCK = Blocks.BLOCK_BYTES;

    private final Random random;
    private final Entropy entropy;
    private final VaultId vault;
    private MachineKeys keys;
    private final Map<DiskId, byte[]> disks = new LinkedHashMap<>();
    private final Map<PointId, Map<DiskId, byte[]>> points = new LinkedHashMap<>();
    private final UUID incarnation;
    private long generation;
    private Instant now = Instant.parse("2026-11-01T00:00:00Z");

    public PracticeMachine(Seed seed, int diskCount, int blocksPerDisk) {
        this(seed, new VaultId(seed.part(3).entropy().uuid()), diskCount, blocksPerDisk, PracticeMachine::freshKeys);
    }

    /// A machine of a vault that keeps its keys.
    public PracticeMachine(Seed seed, Vault vault, int diskCount, int blocksPerDisk) {
        this(seed, vault.id(), diskCount, blocksPerDisk, (machine, disks, entropy) -> {
            try {
                return vault.keyRing().machineKeys(machine, disks);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private interface KeySource {
        MachineKeys keys(MachineId machine, Set<DiskId> disks, Entropy entropy);
    }

    private static MachineKeys freshKeys(MachineId machine, Set<DiskId> disks, Entropy entropy) {
        Map<DiskId, FrameKey> diskKeys = new HashMap<>();
        disks.forEach(disk -> diskKeys.put(disk, FrameKey.of(entropy.bytes(32))));
        return new MachineKeys(machine, FrameKey.of(entropy.bytes(32)), diskKeys);
    }

    private PracticeMachine(Seed seed, VaultId vault, int diskCount, int blocksPerDisk, KeySource source) {
        this.random = seed.part(1).random();
        this.entropy = seed.part(2).entropy();
        this.vault = vault;
        this.incarnation = entropy.uuid();
        for (int i = 0; i < diskCount; i++) {
            disks.put(new DiskId(entropy.uuid()), new byte[blocksPerDisk * BLOCK]);
        }
        this.keys = source.keys(new MachineId(entropy.uuid()), disks.keySet(), entropy);
    }

    /// Takes the keys that the vault gives now.
    public void fetchKeys(Vault opened) throws IOException {
        keys = opened.keyRing().machineKeys(keys.machine(), disks.keySet());
    }

    public MachineVault in(ObjectStore store) {
        return new MachineVault(store, vault, keys);
    }

    public MachineId id() {
        return keys.machine();
    }

    public Entropy entropy() {
        return entropy;
    }

    public Random random() {
        return random;
    }

    public List<DiskId> disks() {
        return List.copyOf(disks.keySet());
    }

    public Instant now() {
        return now;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    public MachineWriter writer(ObjectStore store) throws IOException {
        return writer(store, WriterLimits.DEFAULT);
    }

    public MachineWriter writer(ObjectStore store, WriterLimits limits) throws IOException {
        return MachineWriter.open(
                in(store),
                SegmentSinks.direct(store),
                SealingThreads.caller(),
                Runnable::run,
                entropy,
                this::now,
                limits);
    }

    public GenerationWriter begin(MachineWriter writer) {
        return writer.begin(incarnation, ++generation);
    }

    /// Writes at random places of random disks, into memory and into the generation.
    public void change(GenerationWriter target, int writes) throws IOException, InterruptedException {
        for (int i = 0; i < writes; i++) {
            List<DiskId> all = disks();
            DiskId disk = all.get(random.nextInt(all.size()));
            byte[] content = disks.get(disk);
            int total = content.length / BLOCK;
            int first = random.nextInt(total);
            boolean zeros = random.nextInt(5) == 0;
            int most = zeros ? total : random.nextInt(4) == 0 ? 64 : 4;
            int blocks = 1 + random.nextInt(Math.min(most, total - first));
            byte[] fresh = new byte[blocks * BLOCK];
            if (!zeros) {
                random.nextBytes(fresh);
                if (random.nextBoolean()) {
                    Arrays.fill(fresh, BLOCK / 4, fresh.length, (byte) random.nextInt(1, 256));
                }
            }
            System.arraycopy(fresh, 0, content, first * BLOCK, fresh.length);
            long offset = (long) first * BLOCK;
            if (zeros) {
                target.zero(disk, new ByteRange(offset, fresh.length));
            } else {
                ByteBuffer raw = ByteBuffer.wrap(fresh);
                if (random.nextBoolean()) {
                    raw = ByteBuffer.allocateDirect(fresh.length).put(raw).flip();
                }
                if (fresh.length >= Blocks.LARGE_PIECE_BYTES && fresh[0] > 0) {
                    writeLarge(target, disk, offset, raw);
                } else {
                    target.write(disk, offset, raw);
                }
            }
        }
    }

    /// As a machine sends it.
    private static void writeLarge(GenerationWriter target, DiskId disk, long offset, ByteBuffer raw)
            throws IOException, InterruptedException {
        ByteBuffer block = ByteBuffer.allocateDirect(Lz4Block.bound(raw.remaining()));
        ByteBuffer stored = Lz4Block.compress(raw, block) > 0 ? block.flip() : raw;
        CountDownLatch released = new CountDownLatch(1);
        target.writeLarge(disk, offset, raw.remaining(), stored, released::countDown);
        released.await();
    }

    /// Writes every block of every disk anew, with what nothing compresses.
    public void fill(GenerationWriter target) throws IOException, InterruptedException {
        for (Map.Entry<DiskId, byte[]> disk : disks.entrySet()) {
            byte[] content = disk.getValue();
            random.nextBytes(content);
            for (int at = 0; at < content.length; at += Blocks.MAX_PIECE_BYTES) {
                int length = Math.min(Blocks.MAX_PIECE_BYTES, content.length - at);
                target.write(disk.getKey(), at, ByteBuffer.wrap(content, at, length));
            }
        }
    }

    public GenerationClose.Point pointClose() {
        List<DiskDescription> descriptions = new ArrayList<>();
        disks.forEach((id, content) -> descriptions.add(new DiskDescription(
                id, "/dev/sd" + (char) ('a' + descriptions.size()), content.length, descriptions.isEmpty())));
        Hardware hardware = new Hardware(
                Hardware.Firmware.BIOS,
                2,
                1L << 30,
                List.of(new Hardware.NetworkCard("eth0", "52:54:00:00:00:01")),
                descriptions);
        return new GenerationClose.Point(
                new PointId(entropy.uuid()),
                now,
                PointType.CRASH_CONSISTENT,
                hardware,
                12,
                15,
                List.of("swap is left out"));
    }

    /// Remembers the disks as they are now.
    public void remember(PointId point) {
        points.put(point, snapshot());
    }

    public Map<DiskId, byte[]> snapshot() {
        Map<DiskId, byte[]> copy = new HashMap<>();
        disks.forEach((disk, content) -> copy.put(disk, content.clone()));
        return copy;
    }

    public void restore(Map<DiskId, byte[]> snapshot) {
        snapshot.forEach((disk, content) -> System.arraycopy(content, 0, disks.get(disk), 0, content.length));
    }

    public Map<PointId, Map<DiskId, byte[]>> points() {
        return points;
    }

    /// Compares the disks with the vault by digest, as a machine does when tracking was lost, and writes what
    /// differs.
    ///
    /// @return blocks written
    public int resend(MachineReader reader, GenerationWriter target) throws IOException, InterruptedException {
        BlockDigester digester = new BlockDigester(keys.digestKey());
        int sent = 0;
        for (Map.Entry<DiskId, byte[]> disk : disks.entrySet()) {
            int blocks = disk.getValue().length / BLOCK;
            byte[] theirs = new byte[blocks * 16];
            reader.digests(disk.getKey(), 0, blocks).copy(0, blocks, theirs, 0);
            byte[] own = new byte[blocks * 16];
            digester.digest(ByteBuffer.wrap(disk.getValue()), blocks, own, 0);
            for (int i = 0; i < blocks; i++) {
                if (!Arrays.equals(theirs, i * 16, i * 16 + 16, own, i * 16, i * 16 + 16)) {
                    target.write(disk.getKey(), (long) i * BLOCK, ByteBuffer.wrap(disk.getValue(), i * BLOCK, BLOCK));
                    sent++;
                }
            }
        }
        return sent;
    }

    /// A generation of some writes that becomes a point.
    public DurableSlot point(MachineWriter writer, int writes) throws IOException, InterruptedException {
        GenerationWriter open = begin(writer);
        change(open, writes);
        GenerationClose.Point close = pointClose();
        DurableSlot slot = open.commit(close).join();
        remember(close.id());
        return slot;
    }

    /// A generation of some writes without a point.
    public DurableSlot partial(MachineWriter writer, int writes) throws IOException, InterruptedException {
        GenerationWriter open = begin(writer);
        change(open, writes);
        return open.commit(new GenerationClose.Partial()).join();
    }

    /// Compares every point in the vault with what was remembered, byte for byte.
    ///
    /// @return how many points there were
    public int verify(MachineReader reader) throws IOException {
        int compared = 0;
        for (var point : reader.points()) {
            Map<DiskId, byte[]> expected = points.get(point.id());
            assertThat(expected).as("point %s", point).isNotNull();
            for (DiskId disk : expected.keySet()) {
                byte[] want = expected.get(disk);
                assertThat(read(reader, point.id(), disk))
                        .as("slot %s disk %s", point.slot(), disk)
                        .isEqualTo(want);
                verifyAllocated(reader, point.id(), disk, want);
            }
            compared++;
        }
        return compared;
    }

    public byte[] read(MachineReader reader, PointId point, DiskId disk) throws IOException {
        try (ReadableDisk readable = reader.disk(point, disk)) {
            byte[] all = new byte[(int) readable.sizeBytes()];
            int at = 0;
            while (at < all.length) {
                int length = Math.min(all.length - at, 1 + random.nextInt(300_000));
                readable.read(at, ByteBuffer.wrap(all, at, length));
                at += length;
            }
            return all;
        }
    }

    private void verifyAllocated(MachineReader reader, PointId point, DiskId disk, byte[] want) throws IOException {
        try (ReadableDisk readable = reader.disk(point, disk)) {
            TreeMap<Long, Long> ranges = new TreeMap<>();
            readable.allocated().forEachRemaining(range -> {
                assertThat(ranges.isEmpty() || ranges.lastEntry().getValue() < range.offset())
                        .isTrue();
                ranges.put(range.offset(), range.end());
            });
            for (int at = 0; at < want.length; at += BLOCK) {
                var range = ranges.floorEntry((long) at);
                boolean inside = range != null && range.getValue() > at;
                if (!inside) {
                    boolean zero = Arrays.equals(want, at, at + BLOCK, new byte[BLOCK], 0, BLOCK);
                    assertThat(zero)
                            .as("block at %s outside the allocated ranges", at)
                            .isTrue();
                }
            }
        }
    }
}

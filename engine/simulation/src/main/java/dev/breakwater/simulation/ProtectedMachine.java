package dev.breakwater.simulation;

import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.DiskId;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/// The disks of the protected machine and what its kernel remembers of writes to them: all that outlives the mobility
/// service, and some of it not a restart of the machine.
final class ProtectedMachine {

    static final int BLOCK = 4096;

    private final Random random;
    private final Map<String, byte[]> content = new TreeMap<>();
    private final List<String> devices;
    private final TreeMap<Instant, Map<String, byte[]>> snapshots = new TreeMap<>();
    private Tracking tracking;
    private long writes;
    private boolean fresh = true;
    private boolean lost;

    /// What change tracking knows: gone with a restart of the machine.
    static final class Tracking {
        final UUID incarnation;
        final Map<DiskId, BitSet> dirty = new HashMap<>();
        final TreeMap<Long, Map<DiskId, BitSet>> generations = new TreeMap<>();
        long current = 1;

        Tracking(UUID incarnation) {
            this.incarnation = incarnation;
            generations.put(current, new HashMap<>());
        }

        BitSet dirty(DiskId disk) {
            return dirty.computeIfAbsent(disk, _ -> new BitSet());
        }

        BitSet handedOver(DiskId disk) {
            return generations.lastEntry().getValue().computeIfAbsent(disk, _ -> new BitSet());
        }

        void open(long generation) {
            current = generation;
            generations.put(generation, new HashMap<>());
        }
    }

    /// @param sizes of the disks by device
    ProtectedMachine(Random random, Map<String, Long> sizes) {
        this.random = random;
        sizes.forEach((device, bytes) -> content.put(device, new byte[Math.toIntExact(bytes)]));
        this.devices = List.copyOf(content.keySet());
        this.tracking = new Tracking(identity());
        for (int i = 0; i < 30; i++) {
            write();
        }
    }

    private UUID identity() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    Tracking tracking() {
        return tracking;
    }

    byte[] content(ProtectedDisk disk) {
        byte[] bytes = content.get(disk.device());
        if (bytes == null) {
            throw new IllegalArgumentException("no disk " + disk.device());
        }
        return bytes;
    }

    Map<String, byte[]> content() {
        return content;
    }

    long writes() {
        return writes;
    }

    private List<ProtectedDisk> tracked = List.of();
    private boolean calm;

    /// Nothing is written any more.
    void calm() {
        calm = true;
    }

    void track(List<ProtectedDisk> disks) {
        tracked = disks;
    }

    /// A program on the machine writes.
    void write() {
        if (calm) {
            return;
        }
        String device = devices.get(random.nextInt(devices.size()));
        byte[] bytes = content.getOrDefault(device, new byte[0]);
        int blocks = Math.ceilDiv(bytes.length, BLOCK);
        int first = random.nextInt(blocks);
        int count = 1 + random.nextInt(Math.min(6, blocks - first));
        int end = Math.min(bytes.length, (first + count) * BLOCK);
        writes++;
        if (random.nextInt(6) == 0) {
            Arrays.fill(bytes, first * BLOCK, end, (byte) 0);
        } else {
            byte[] data = new byte[end - first * BLOCK];
            random.nextBytes(data);
            // Half of it can be compressed.
            Arrays.fill(data, 0, data.length / 2, data[0]);
            System.arraycopy(data, 0, bytes, first * BLOCK, data.length);
        }
        for (ProtectedDisk disk : tracked) {
            if (disk.device().equals(device)) {
                tracking.dirty(disk.id()).set(first, first + count);
            }
        }
    }

    /// The machine restarts: nobody tracked meanwhile.
    void restart() {
        begin();
        fresh = true;
        write();
        lost = false;
    }

    /// Tracking begins anew with nothing dirty.
    void begin() {
        tracking = new Tracking(identity());
        lost = false;
    }

    /// Tracking begins anew, all that was not durable is dirty.
    void renew(String reason) {
        Tracking old = tracking;
        begin();
        old.dirty.forEach((disk, blocks) -> tracking.dirty(disk).or(blocks));
        old.generations
                .values()
                .forEach(planes ->
                        planes.forEach((disk, blocks) -> tracking.dirty(disk).or(blocks)));
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("a reason is wanted");
        }
    }

    /// The kernel's buffer overflows: some writes were not seen.
    void lose() {
        lost = true;
        for (ProtectedDisk disk : tracked) {
            tracking.dirty(disk.id()).clear();
        }
    }

    boolean lost() {
        return lost;
    }

    boolean takeFresh() {
        boolean was = fresh;
        fresh = false;
        return was;
    }

    /// Whether nobody tracks its disks.
    boolean isForgotten() {
        return fresh;
    }

    void forgotten() {
        begin();
        fresh = true;
    }

    /// Remembers what the disks are at this instant, and gives the instant a time that no other point has.
    Instant freeze(Instant now) {
        Instant time = now;
        while (snapshots.containsKey(time)) {
            time = time.plusMillis(1);
        }
        Map<String, byte[]> copy = new HashMap<>();
        content.forEach((device, bytes) -> copy.put(device, bytes.clone()));
        snapshots.put(time, copy);
        return time;
    }

    /// What a disk was at a point.
    byte[] at(Instant time, String device) {
        Map<String, byte[]> snapshot = snapshots.get(time);
        byte[] bytes = snapshot == null ? null : snapshot.get(device);
        if (bytes == null) {
            throw new IllegalStateException("nobody took a point at " + time);
        }
        return bytes;
    }
}

package dev.breakwater.mobility.replication;

import dev.breakwater.mobility.capture.BlockSink;
import dev.breakwater.mobility.capture.CaptureException;
import dev.breakwater.mobility.capture.CaptureStart;
import dev.breakwater.mobility.capture.ClosedGeneration;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.OwnFiles;
import dev.breakwater.mobility.capture.PointRequest;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.PointType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Disks in memory, with the dirty map that outlives the program, and capture that reads them.
final class SimulatedMachine {

    static final int BLOCK = 4096;

    final Random random;
    final List<ProtectedDisk> disks;
    final Map<DiskId, byte[]> content = new HashMap<>();
    /// What the disks were at each instant for which a point was taken.
    final Map<Instant, Map<DiskId, byte[]>> snapshots = new HashMap<>();
    final Map<DiskId, BitSet> dirty = new HashMap<>();
    final TreeMap<Long, Map<DiskId, BitSet>> generations = new TreeMap<>();
    UUID incarnation;
    long current = 1;
    boolean lost;
    boolean fresh = true;
    int notNow;
    long instant = 1_800_000_000L;
    /// Called wherever the program may be killed.
    Runnable mayDie = () -> {};

    SimulatedMachine(Random random, List<ProtectedDisk> disks) {
        this.random = random;
        this.disks = disks;
        for (var disk : disks) {
            content.put(disk.id(), new byte[(int) disk.sizeBytes()]);
        }
        begin();
    }

    private void begin() {
        incarnation = new UUID(random.nextLong(), random.nextLong());
        current = 1;
        lost = false;
        generations.clear();
        disks.forEach(disk -> dirty.computeIfAbsent(disk.id(), d -> new BitSet()));
        open(current);
    }

    private void open(long generation) {
        var planes = new HashMap<DiskId, BitSet>();
        disks.forEach(disk -> planes.put(disk.id(), new BitSet()));
        generations.put(generation, planes);
    }

    void write() {
        var disk = disks.get(random.nextInt(disks.size()));
        int blocks = (int) Math.ceilDiv(disk.sizeBytes(), BLOCK);
        int first = random.nextInt(blocks);
        int count = 1 + random.nextInt(Math.min(8, blocks - first));
        byte[] bytes = content.get(disk.id());
        int end = Math.min(bytes.length, (first + count) * BLOCK);
        if (random.nextInt(6) == 0) {
            Arrays.fill(bytes, first * BLOCK, end, (byte) 0);
        } else {
            byte[] data = new byte[end - first * BLOCK];
            random.nextBytes(data);
            System.arraycopy(data, 0, bytes, first * BLOCK, data.length);
        }
        dirty.get(disk.id()).set(first, first + count);
    }

    /// The machine was restarted: nobody tracked.
    void reboot() {
        dirty.values().forEach(BitSet::clear);
        begin();
        fresh = true;
    }

    MachineCapture open() {
        boolean anew = fresh;
        fresh = false;
        return new Capture(anew ? new CaptureStart.Anew("first time or restart") : new CaptureStart.Resumed());
    }

    private Map<DiskId, byte[]> snapshot() {
        var copy = new HashMap<DiskId, byte[]>();
        content.forEach((disk, bytes) -> copy.put(disk, bytes.clone()));
        return copy;
    }

    private final class Capture implements MachineCapture {
        private final CaptureStart start;

        Capture(CaptureStart start) {
            this.start = start;
        }

        @Override
        public CaptureStart start() {
            return start;
        }

        @Override
        public UUID incarnation() {
            return incarnation;
        }

        @Override
        public long currentGeneration() {
            return current;
        }

        @Override
        public List<ProtectedDisk> disks() {
            return disks;
        }

        @Override
        public List<String> remarks() {
            return List.of();
        }

        @Override
        public OptionalLong trackedWrites() {
            return OptionalLong.empty();
        }

        @Override
        public Optional<String> loss() {
            return lost ? Optional.of("simulated") : Optional.empty();
        }

        @Override
        public void markAllocated(DiskId disk) {
            dirty.get(disk).set(0, content.get(disk).length / BLOCK);
            mayDie.run();
        }

        @Override
        public void mark(DiskId disk, ByteRange range) {
            dirty.get(disk).set((int) (range.offset() / BLOCK), (int) Math.ceilDiv(range.end(), BLOCK));
        }

        @Override
        public void leaveOut(OwnFiles files) {}

        @Override
        public boolean traced(DiskId disk) {
            return true;
        }

        @Override
        public boolean leftOut(DiskId disk, ByteRange range) {
            return false;
        }

        @Override
        public long dirtyBytes() {
            return disks.stream().mapToLong(disk -> dirtyBytes(disk.id())).sum();
        }

        @Override
        public long dirtyBytes(DiskId disk) {
            return (long) dirty.get(disk).cardinality() * BLOCK;
        }

        @Override
        public long openBytes() {
            return generations.get(current).values().stream()
                            .mapToLong(BitSet::cardinality)
                            .sum()
                    * BLOCK;
        }

        @Override
        public long copyPass(BlockSink sink, long maxBytes) throws IOException {
            long copied = 0;
            for (var disk : disks) {
                var plane = dirty.get(disk.id());
                for (int i = plane.nextSetBit(0); i >= 0 && copied < maxBytes; i = plane.nextSetBit(i + 1)) {
                    plane.clear(i);
                    generations.get(current).get(disk.id()).set(i);
                    emit(sink, disk, i);
                    copied += BLOCK;
                    if (random.nextInt(60) == 0) {
                        write();
                    }
                }
            }
            return copied;
        }

        private void emit(BlockSink sink, ProtectedDisk disk, int block) throws IOException {
            byte[] bytes = content.get(disk.id());
            byte[] data = Arrays.copyOf(
                    Arrays.copyOfRange(bytes, block * BLOCK, Math.min(bytes.length, (block + 1) * BLOCK)), BLOCK);
            mayDie.run();
            boolean zero = true;
            for (byte b : data) {
                zero &= b == 0;
            }
            if (zero) {
                sink.zeros(disk.id(), (long) block * BLOCK, BLOCK);
            } else {
                sink.data(disk.id(), (long) block * BLOCK, ByteBuffer.wrap(data));
            }
        }

        @Override
        public boolean canClose() {
            return generations.size() < MAX_OPEN;
        }

        private long closeCurrent() {
            if (!canClose()) {
                throw new IllegalStateException("too many open generations");
            }
            long closed = current++;
            open(current);
            mayDie.run();
            return closed;
        }

        @Override
        public ClosedGeneration.Partial cutPartial() {
            return new ClosedGeneration.Partial(closeCurrent(), 0);
        }

        @Override
        public ClosedGeneration.Point closePoint(BlockSink sink, PointRequest request) throws IOException {
            if (!canClose()) {
                throw new IllegalStateException("too many open generations");
            }
            copyPass(sink, Long.MAX_VALUE);
            if (notNow > 0) {
                notNow--;
                throw new CaptureException(CaptureException.Kind.NOT_NOW, "simulated: not now");
            }
            // Frozen: the rest is read, and what the disks are is what the point must be.
            var rest = new ArrayList<Runnable>();
            var failures = new ArrayList<IOException>();
            for (var disk : disks) {
                var plane = dirty.get(disk.id());
                for (int i = plane.nextSetBit(0); i >= 0; i = plane.nextSetBit(i + 1)) {
                    generations.get(current).get(disk.id()).set(i);
                    int block = i;
                    byte[] bytes = content.get(disk.id());
                    byte[] data = Arrays.copyOf(
                            Arrays.copyOfRange(bytes, block * BLOCK, Math.min(bytes.length, (block + 1) * BLOCK)),
                            BLOCK);
                    rest.add(() -> {
                        try {
                            sink.data(disk.id(), (long) block * BLOCK, ByteBuffer.wrap(data));
                        } catch (IOException e) {
                            failures.add(e);
                        }
                    });
                }
                plane.clear();
            }
            var time = Instant.ofEpochSecond(instant++);
            snapshots.put(time, snapshot());
            write();
            for (var piece : rest) {
                mayDie.run();
                piece.run();
                if (!failures.isEmpty()) {
                    throw failures.getFirst();
                }
            }
            return new ClosedGeneration.Point(
                    closeCurrent(), 0, time, PointType.CRASH_CONSISTENT, 1, 2, List.of(), List.of());
        }

        @Override
        public void durable(long generation) {
            mayDie.run();
            if (generation >= current) {
                throw new IllegalArgumentException("generation " + generation + " is not closed");
            }
            generations.headMap(generation, true).clear();
            mayDie.run();
        }

        @Override
        public void returnLost(long lastDurable) {
            generations.headMap(Math.min(lastDurable, current - 1), true).clear();
            for (var planes : generations.values()) {
                planes.forEach((disk, plane) -> dirty.get(disk).or(plane));
            }
            generations.clear();
            open(current);
            mayDie.run();
        }

        @Override
        public <T> Future<T> read(DiskId disk, ByteRange part, Function<ByteBuffer, T> use) {
            int length = (int) part.length();
            ByteBuffer whole = ByteBuffer.allocate((int) Blocks.count(length) * Blocks.BLOCK_BYTES)
                    .put(0, content.get(disk), (int) part.offset(), length);
            return CompletableFuture.completedFuture(use.apply(whole));
        }

        @Override
        public void renew(String reason) {
            returnLost(0);
            begin();
        }

        @Override
        public void close() {}

        @Override
        public void forget() {
            dirty.values().forEach(BitSet::clear);
            begin();
            fresh = true;
        }
    }
}

package dev.breakwater.simulation;

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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Capture of the simulated disks: the contract of [MachineCapture] with the kernel left out.
final class SimulatedCapture implements MachineCapture {

    /// Blocks in most pieces: between two of them anything may happen.
    private static final int FEW_BLOCKS = 8;

    /// Blocks in the others: a whole disk, which is large enough to travel compressed.
    private static final int MANY_BLOCKS = Blocks.MAX_PIECE_BYTES / ProtectedMachine.BLOCK;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    private record Piece(ProtectedDisk disk, int first, byte[] data) {}

    private final World world;
    private final Node node;
    private final ProtectedMachine machine;
    private final List<ProtectedDisk> disks;
    private final CaptureStart start;

    SimulatedCapture(World world, Node node, ProtectedMachine machine, List<ProtectedDisk> disks) {
        this.world = world;
        this.node = node;
        this.machine = machine;
        this.disks = List.copyOf(disks);
        boolean anew = machine.takeFresh();
        if (anew) {
            machine.begin();
        }
        machine.track(this.disks);
        this.start =
                anew ? new CaptureStart.Anew("first time, or the machine was restarted") : new CaptureStart.Resumed();
    }

    private ProtectedMachine.Tracking tracking() {
        return machine.tracking();
    }

    private void step(String what) {
        world.step(node, "capture " + what);
    }

    @Override
    public CaptureStart start() {
        return start;
    }

    @Override
    public UUID incarnation() {
        return tracking().incarnation;
    }

    @Override
    public long currentGeneration() {
        return tracking().current;
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
        return machine.lost() ? Optional.of("the trace buffer overflowed") : Optional.empty();
    }

    @Override
    public void markAllocated(DiskId disk) {
        tracking().dirty(disk).set(0, Math.ceilDiv(machine.content(disk(disk)).length, ProtectedMachine.BLOCK));
        step("marks everything");
    }

    private ProtectedDisk disk(DiskId id) {
        return disks.stream().filter(disk -> disk.id().equals(id)).findFirst().orElseThrow();
    }

    @Override
    public void mark(DiskId disk, ByteRange range) {
        tracking().dirty(disk).set((int) (range.offset() / ProtectedMachine.BLOCK), (int)
                Math.ceilDiv(range.end(), ProtectedMachine.BLOCK));
    }

    @Override
    public void leaveOut(OwnFiles files) {
        // The simulated machine's spool lies on none of its disks.
    }

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
        return (long) tracking().dirty(disk).cardinality() * ProtectedMachine.BLOCK;
    }

    @Override
    public long openBytes() {
        return tracking().generations.lastEntry().getValue().values().stream()
                        .mapToLong(BitSet::cardinality)
                        .sum()
                * ProtectedMachine.BLOCK;
    }

    @Override
    public long copyPass(BlockSink sink, long maxBytes) throws IOException {
        long copied = 0;
        for (ProtectedDisk disk : disks) {
            BitSet dirty = tracking().dirty(disk.id());
            int i = dirty.nextSetBit(0);
            while (i >= 0 && copied < maxBytes) {
                int end = Math.min(dirty.nextClearBit(i), i + pieceBlocks());
                byte[] data = take(disk, i, end);
                emit(sink, disk, i, data);
                copied += data.length;
                if (world.faults().choice(20) == 0) {
                    machine.write();
                }
                i = dirty.nextSetBit(end);
            }
        }
        return copied;
    }

    private int pieceBlocks() {
        return world.faults().choice(4) == 0 ? MANY_BLOCKS : FEW_BLOCKS;
    }

    /// Moves blocks from dirty to the open generation and reads them.
    private byte[] take(ProtectedDisk disk, int first, int end) {
        tracking().dirty(disk.id()).clear(first, end);
        tracking().handedOver(disk.id()).set(first, end);
        byte[] all = machine.content(disk);
        int from = first * ProtectedMachine.BLOCK;
        byte[] data = Arrays.copyOfRange(all, from, Math.min(all.length, end * ProtectedMachine.BLOCK));
        return Arrays.copyOf(data, (end - first) * ProtectedMachine.BLOCK);
    }

    private void emit(BlockSink sink, ProtectedDisk disk, int first, byte[] data) throws IOException {
        if (world.faults().disk() && world.faults().chance(20)) {
            throw new IOException("the disk " + disk.device() + " cannot be read: input/output error");
        }
        boolean zero = true;
        for (byte b : data) {
            zero &= b == 0;
        }
        long offset = (long) first * ProtectedMachine.BLOCK;
        if (zero) {
            sink.zeros(disk.id(), offset, data.length);
        } else {
            sink.data(disk.id(), offset, ByteBuffer.wrap(data));
        }
    }

    @Override
    public boolean canClose() {
        return tracking().generations.size() < MAX_OPEN;
    }

    private long close(String what) {
        if (!canClose()) {
            throw new IllegalStateException("too many open generations");
        }
        long closed = tracking().current;
        tracking().open(closed + 1);
        step(what + " " + closed);
        return closed;
    }

    @Override
    public ClosedGeneration.Partial cutPartial() {
        return new ClosedGeneration.Partial(close("cuts partial"), 0);
    }

    @Override
    public ClosedGeneration.Point closePoint(BlockSink sink, PointRequest request) throws IOException {
        if (!canClose()) {
            throw new IllegalStateException("too many open generations");
        }
        copyPass(sink, Long.MAX_VALUE);
        if (world.faults().disk() && world.faults().chance(3)) {
            throw new CaptureException(CaptureException.Kind.NOT_NOW, "there was no consistent instant");
        }
        // Frozen from here to the snapshot: no thread can come between.
        List<Piece> rest = new ArrayList<>();
        for (ProtectedDisk disk : disks) {
            BitSet dirty = tracking().dirty(disk.id());
            for (int i = dirty.nextSetBit(0); i >= 0; i = dirty.nextSetBit(0)) {
                int end = Math.min(dirty.nextClearBit(i), i + pieceBlocks());
                rest.add(new Piece(disk, i, take(disk, i, end)));
            }
        }
        Instant time = machine.freeze(Instant.ofEpochMilli(node.clock().millis()));
        step("freezes");
        machine.write();
        for (Piece piece : rest) {
            emit(sink, piece.disk(), piece.first(), piece.data());
        }
        return new ClosedGeneration.Point(
                close("takes point"), 0, time, PointType.CRASH_CONSISTENT, 1, 2, List.of(), List.of());
    }

    @Override
    public void durable(long generation) {
        step("before durable " + generation);
        if (generation >= tracking().current) {
            throw new IllegalArgumentException("generation " + generation + " is not closed");
        }
        tracking().generations.headMap(generation, true).clear();
        step("durable " + generation);
    }

    @Override
    public void returnLost(long lastDurable) {
        ProtectedMachine.Tracking known = tracking();
        known.generations
                .headMap(Math.min(lastDurable, known.current - 1), true)
                .clear();
        known.generations
                .values()
                .forEach(planes ->
                        planes.forEach((disk, blocks) -> known.dirty(disk).or(blocks)));
        known.generations.clear();
        known.open(known.current);
        step("returns what is lost after " + lastDurable);
    }

    @Override
    public <T> Future<T> read(DiskId disk, ByteRange part, Function<ByteBuffer, T> use) {
        if (world.faults().disk() && world.faults().chance(10)) {
            return CompletableFuture.failedFuture(new IOException("input/output error"));
        }
        int length = (int) part.length();
        ByteBuffer content = ByteBuffer.allocate((int) Blocks.count(length) * Blocks.BLOCK_BYTES)
                .put(0, machine.content(disk(disk)), (int) part.offset(), length);
        return CompletableFuture.completedFuture(use.apply(content));
    }

    @Override
    public void renew(String reason) {
        machine.renew(reason);
        step("begins anew");
    }

    @Override
    public void close() {
        // What the kernel knows stays.
    }

    @Override
    public void forget() {
        machine.forgotten();
    }
}

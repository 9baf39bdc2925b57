package dev.breakwater.mobility.capture;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskId;
import dev.breakwater.platform.linux.DirectMemory;
import dev.breakwater.platform.linux.DiskReader;
import dev.breakwater.platform.linux.UnreadableException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Moves dirty blocks into a generation: takes them, reads them, hands them to a sink. A few reads are under
/// way while the sink works on an earlier one; who reads also looks for zeros and compresses.
///
/// Whatever happens, a block that the sink did not get is dirty afterwards.
final class BlockCopier implements AutoCloseable {

    private static final int BLOCK = Blocks.BLOCK_BYTES;
    /// Four readers get the most out of a virtual disk; more buffers than readers keep them busy while the sink
    /// works.
    private static final int READERS = 4;

    private static final int BATCHES = 6;

    private final List<CapturedDisk> disks;
    private final ExecutorService readers = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().daemon().name("disk-reader-", 0).factory());
    private final Arena arena = Arena.ofShared();
    private final Deque<ReadBatch> free = new ArrayDeque<>();
    private final long[] run = new long[2];
    /// Zeros that were read and not handed over yet: those of the next batch may go on where they end.
    private final ZeroRun pending = new ZeroRun();

    /// Where the last pass stopped.
    private int cursorDisk;

    private long cursorBlock;

    BlockCopier(List<CapturedDisk> disks) {
        this.disks = disks;
        DirectMemory.allocate(arena, BATCHES, ReadBatch.MEMORY_BYTES)
                .forEach(memory -> free.push(new ReadBatch(memory)));
    }

    /// A batch that is being read.
    private record Reading(ReadBatch batch, Future<?> done) {}

    /// Blocks of one disk.
    private static final class ZeroRun {
        int disk;
        long block;
        long blocks;

        boolean goesOnAt(int nextDisk, long nextBlock) {
            return blocks > 0 && disk == nextDisk && block + blocks == nextBlock;
        }
    }

    /// Where one sweep over all disks is: from the cursor once around.
    private static final class Sweep {
        int disk;
        long block;
        final int startDisk;
        final long startBlock;
        boolean wrapped;
        boolean over;

        Sweep(int disk, long block) {
            this.disk = disk;
            this.block = block;
            this.startDisk = disk;
            this.startBlock = block;
        }
    }

    /// One sweep, or less.
    ///
    /// @param generation which takes the blocks
    /// @param maxBytes stop after about this many
    /// @return bytes handed over
    long copy(BlockSink sink, long generation, long maxBytes) throws IOException {
        Sweep sweep = new Sweep(cursorDisk, cursorBlock);
        Deque<Reading> underWay = new ArrayDeque<>();
        long taken = 0;
        try {
            while (true) {
                while (taken < maxBytes && !free.isEmpty()) {
                    ReadBatch batch = free.pop();
                    if (!fill(batch, sweep, generation, Math.ceilDiv(maxBytes - taken, BLOCK))) {
                        free.push(batch);
                        break;
                    }
                    taken += batch.blocks() * BLOCK;
                    underWay.add(read(batch, sink.takesCompressed()));
                }
                Reading first = underWay.peek();
                if (first == null) {
                    break;
                }
                await(first);
                emit(first.batch(), sink);
                free.push(underWay.remove().batch());
            }
            emitPending(sink);
        } finally {
            underWay.forEach(this::giveBack);
            giveBackPending();
            cursorDisk = sweep.disk;
            cursorBlock = sweep.block;
        }
        return taken;
    }

    private Reading read(ReadBatch batch, boolean compress) {
        DiskReader reader = disks.get(batch.disk()).reader();
        return new Reading(batch, readers.submit(() -> {
            batch.read(reader, compress);
            return null;
        }));
    }

    private boolean fill(ReadBatch batch, Sweep sweep, long generation, long maxBlocks) {
        batch.begin();
        long room = Math.min(ReadBatch.BLOCKS, maxBlocks);
        while (!sweep.over && batch.hasRoom(room)) {
            if (!disks.get(sweep.disk).map().take(generation, sweep.block, room - batch.blocks(), run)) {
                advance(sweep);
                if (!batch.isEmpty()) {
                    break;
                }
                continue;
            }
            batch.add(sweep.disk, run[0], run[1]);
            sweep.block = run[0] + run[1];
            if (sweep.wrapped && sweep.disk == sweep.startDisk && sweep.block >= sweep.startBlock) {
                sweep.over = true;
            }
        }
        return !batch.isEmpty();
    }

    private void advance(Sweep sweep) {
        if (sweep.wrapped && sweep.disk == sweep.startDisk) {
            sweep.over = true;
        }
        sweep.disk = (sweep.disk + 1) % disks.size();
        sweep.block = 0;
        if (sweep.disk == sweep.startDisk) {
            sweep.wrapped = true;
        }
    }

    private void await(Reading reading) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    reading.done().get();
                    return;
                } catch (InterruptedException e) {
                    // The read ends soon; its memory must not be used before.
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failed(reading.batch(), e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private IOException failed(ReadBatch batch, ExecutionException e) {
        if (e.getCause() instanceof UnreadableException unreadable) {
            return CaptureException.of(unreadable);
        }
        return new IOException(
                "Disk " + disks.get(batch.disk()).disk().device()
                        + " was not read, so what changed on it stays marked: " + e.getCause(),
                e);
    }

    private void giveBack(Reading reading) {
        ReadBatch batch = reading.batch();
        try {
            await(reading);
        } catch (IOException e) {
            reading.done().cancel(false);
        }
        for (long[] part : batch.runs()) {
            disks.get(batch.disk()).map().mark(part[0] * BLOCK, part[1] * BLOCK);
        }
        free.push(batch);
    }

    /// Hands over stretches of zeros and of data.
    private void emit(ReadBatch batch, BlockSink sink) throws IOException {
        for (ReadBatch.Stretch stretch : batch.stretches()) {
            ByteBuffer content = stretch.content();
            if (content == null) {
                emitZeros(batch.disk(), stretch.block(), stretch.blocks(), sink);
                continue;
            }
            emitPending(sink);
            DiskId disk = disks.get(batch.disk()).disk().id();
            ByteBuffer stored = stretch.stored();
            if (stored == null) {
                sink.data(disk, stretch.block() * BLOCK, content);
            } else {
                sink.compressed(disk, stretch.block() * BLOCK, content, stored);
            }
        }
    }

    private void emitZeros(int disk, long block, long length, BlockSink sink) throws IOException {
        if (!pending.goesOnAt(disk, block)) {
            emitPending(sink);
            pending.disk = disk;
            pending.block = block;
        }
        pending.blocks += length;
    }

    private void emitPending(BlockSink sink) throws IOException {
        if (pending.blocks > 0) {
            sink.zeros(disks.get(pending.disk).disk().id(), pending.block * BLOCK, pending.blocks * BLOCK);
            pending.blocks = 0;
        }
    }

    private void giveBackPending() {
        if (pending.blocks > 0) {
            disks.get(pending.disk).map().mark(pending.block * BLOCK, pending.blocks * BLOCK);
            pending.blocks = 0;
        }
    }

    @Override
    public void close() {
        readers.close();
        arena.close();
    }
}

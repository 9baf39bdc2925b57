package dev.breakwater.mobility.capture;

import dev.breakwater.model.Blocks;
import dev.breakwater.platform.linux.DirectMemory;
import dev.breakwater.platform.linux.UnreadableException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Moves dirty blocks into a generation: takes them, reads them, hands them to a sink. A few reads are under
/// way while the sink works on an earlier one; who reads also looks for zeros.
///
/// Whatever happens, a block that the sink did not get is dirty afterwards.
final class BlockCopier implements AutoCloseable {

    private static final int BLOCK = Blocks.BLOCK_BYTES;
    /// 1 MiB reads are as fast as any.
    private static final int BATCH_BLOCKS = (1 << 20) / BLOCK;
    /// Keeps a batch of scattered blocks short in time, so that the readers share the work.
    private static final int BATCH_RUNS = 32;
    /// Four readers get the most out of a virtual disk; more buffers than readers keep them busy while the sink
    /// works.
    private static final int READERS = 4;

    private static final int BATCHES = 6;

    private final List<CapturedDisk> disks;
    private final ExecutorService readers = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().daemon().name("disk-reader-", 0).factory());
    private final Arena arena = Arena.ofShared();
    private final Deque<Batch> free = new ArrayDeque<>();
    private final MemorySegment zeros = arena.allocate(BLOCK, BLOCK);
    private final long[] run = new long[2];
    /// Zeros that were read and not handed over yet: those of the next batch may go on where they end.
    private final ZeroRun pending = new ZeroRun();

    /// Where the last pass stopped.
    private int cursorDisk;

    private long cursorBlock;

    BlockCopier(List<CapturedDisk> disks) {
        this.disks = disks;
        DirectMemory.allocate(arena, BATCHES, (long) BATCH_BLOCKS * BLOCK)
                .forEach(memory -> free.push(new Batch(memory)));
    }

    /// Runs of blocks of one disk that are read together.
    private static final class Batch {
        final MemorySegment memory;
        final List<long[]> runs = new ArrayList<>();
        /// Which of the blocks hold nothing but zeros.
        final BitSet zeros = new BitSet(BATCH_BLOCKS);

        int disk;
        long blocks;
        Future<?> reading = java.util.concurrent.CompletableFuture.completedFuture(null);

        Batch(MemorySegment memory) {
            this.memory = memory;
        }

        MemorySegment content(long firstBlock, long length) {
            return memory.asSlice(firstBlock * BLOCK, length * BLOCK);
        }
    }

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
        Deque<Batch> underWay = new ArrayDeque<>();
        long taken = 0;
        try {
            while (true) {
                while (taken < maxBytes && !free.isEmpty()) {
                    Batch batch = free.pop();
                    if (!fill(batch, sweep, generation, Math.ceilDiv(maxBytes - taken, BLOCK))) {
                        free.push(batch);
                        break;
                    }
                    taken += batch.blocks * BLOCK;
                    underWay.add(batch);
                    batch.reading = readers.submit(() -> {
                        read(batch);
                        return null;
                    });
                }
                Batch first = underWay.peek();
                if (first == null) {
                    break;
                }
                await(first);
                emit(first, sink);
                free.push(underWay.remove());
            }
            emitPending(sink);
        } finally {
            for (Batch batch : underWay) {
                giveBack(batch);
            }
            giveBackPending();
            cursorDisk = sweep.disk;
            cursorBlock = sweep.block;
        }
        return taken;
    }

    private boolean fill(Batch batch, Sweep sweep, long generation, long maxBlocks) {
        batch.runs.clear();
        batch.blocks = 0;
        long room = Math.min(BATCH_BLOCKS, maxBlocks);
        while (!sweep.over && batch.blocks < room && batch.runs.size() < BATCH_RUNS) {
            if (!disks.get(sweep.disk).map().take(generation, sweep.block, room - batch.blocks, run)) {
                advance(sweep);
                if (!batch.runs.isEmpty()) {
                    break;
                }
                continue;
            }
            batch.disk = sweep.disk;
            batch.runs.add(run.clone());
            batch.blocks += run[1];
            sweep.block = run[0] + run[1];
            if (sweep.wrapped && sweep.disk == sweep.startDisk && sweep.block >= sweep.startBlock) {
                sweep.over = true;
            }
        }
        return !batch.runs.isEmpty();
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

    private void read(Batch batch) throws IOException {
        batch.zeros.clear();
        int at = 0;
        for (long[] part : batch.runs) {
            int length = Math.toIntExact(part[1]);
            MemorySegment content = batch.content(at, length);
            disks.get(batch.disk).reader().readBlocks(content, part[0] * BLOCK);
            for (int block = 0; block < length; block++) {
                batch.zeros.set(at + block, isZero(content, block));
            }
            at += length;
        }
    }

    private void await(Batch batch) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    batch.reading.get();
                    return;
                } catch (InterruptedException e) {
                    // The read ends soon; its memory must not be used before.
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failed(batch, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private IOException failed(Batch batch, ExecutionException e) {
        if (e.getCause() instanceof UnreadableException unreadable) {
            return CaptureException.of(unreadable);
        }
        return new IOException(
                "Disk " + disks.get(batch.disk).disk().device() + " was not read, so what changed on it stays marked: "
                        + e.getCause(),
                e);
    }

    private void giveBack(Batch batch) {
        try {
            await(batch);
        } catch (IOException e) {
            batch.reading.cancel(false);
        }
        for (long[] part : batch.runs) {
            disks.get(batch.disk).map().mark(part[0] * BLOCK, part[1] * BLOCK);
        }
        free.push(batch);
    }

    /// Hands over stretches of zeros and of data.
    private void emit(Batch batch, BlockSink sink) throws IOException {
        int at = 0;
        for (long[] part : batch.runs) {
            int end = at + Math.toIntExact(part[1]);
            long block = part[0];
            while (at < end) {
                boolean zero = batch.zeros.get(at);
                int to = zero ? batch.zeros.nextClearBit(at) : batch.zeros.nextSetBit(at);
                int length = (to < 0 ? end : Math.min(to, end)) - at;
                if (zero) {
                    emitZeros(batch.disk, block, length, sink);
                } else {
                    emitPending(sink);
                    emitData(disks.get(batch.disk), block, batch.content(at, length), sink);
                }
                at += length;
                block += length;
            }
        }
    }

    private void emitZeros(int disk, long block, int length, BlockSink sink) throws IOException {
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

    private static void emitData(CapturedDisk disk, long block, MemorySegment content, BlockSink sink)
            throws IOException {
        for (long done = 0; done < content.byteSize(); done += Blocks.MAX_PIECE_BYTES) {
            long length = Math.min(Blocks.MAX_PIECE_BYTES, content.byteSize() - done);
            sink.data(
                    disk.disk().id(),
                    block * BLOCK + done,
                    content.asSlice(done, length).asByteBuffer());
        }
    }

    private boolean isZero(MemorySegment content, long block) {
        return MemorySegment.mismatch(content, block * BLOCK, (block + 1) * BLOCK, zeros, 0, BLOCK) < 0;
    }

    @Override
    public void close() {
        readers.close();
        arena.close();
    }
}

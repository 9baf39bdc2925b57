package dev.breakwater.mobility.capture;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.platform.linux.DirectMemory;
import dev.breakwater.platform.linux.DiskReader;
import dev.breakwater.platform.linux.UnreadableException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/// Reads parts of disks with a few threads, each of which also does the first work on what it read: one part after the
/// other leaves a fast disk idle while a processor works, and the processor while the disk does.
final class ParallelReads implements AutoCloseable {

    /// More than these get no more out of a virtual disk.
    private static final int READERS = 4;

    /// Keeps the readers busy while the result of the oldest part is looked at.
    private static final int BUFFERS = 2 * READERS;

    private final ExecutorService readers = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().daemon().name("parallel-reader-", 0).factory());
    private final BlockingQueue<ByteBuffer> free = new LinkedBlockingQueue<>();
    private final int bytes;
    private boolean made;

    /// @param bytes the longest part, whole blocks
    ParallelReads(int bytes) {
        this.bytes = bytes;
    }

    /// Begins to read a part; waits while [#BUFFERS] parts are under way. For one thread at a time.
    ///
    /// @param use gets the part, filled up to whole blocks with zeros, on another thread; valid until it returns
    <T> Future<T> read(DiskReader disk, ByteRange part, Function<ByteBuffer, T> use) throws InterruptedException {
        Objects.checkFromIndexSize(part.offset(), part.length(), disk.sizeBytes());
        if (!made) {
            makeBuffers();
        }
        ByteBuffer buffer = free.take();
        return readers.submit(() -> {
            try {
                buffer.clear().limit(Math.toIntExact(Blocks.count(part.length()) * Blocks.BLOCK_BYTES));
                disk.readBlocks(MemorySegment.ofBuffer(buffer), part.offset());
                return use.apply(buffer);
            } catch (UnreadableException e) {
                throw CaptureException.of(e);
            } finally {
                free.add(buffer);
            }
        });
    }

    /// As late as possible: most captures never compare.
    private void makeBuffers() {
        DirectMemory.allocate(Arena.ofAuto(), BUFFERS, bytes).forEach(memory -> free.add(memory.asByteBuffer()));
        made = true;
    }

    @Override
    public void close() {
        readers.close();
    }
}

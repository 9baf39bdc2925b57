package dev.breakwater.vault.log;

import dev.breakwater.framecodec.FrameHeader;
import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.framecodec.SealedFrame;
import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.Blocks;
import dev.breakwater.platform.lz4.Lz4Block;
import dev.breakwater.platform.lz4.Lz4Exception;
import dev.breakwater.platform.memory.IdlePool;
import dev.breakwater.vault.index.RunBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Digests, compresses and seals the frames of one generation, several at once. Each thread that works for it fills a
/// chunk of its own, so that they meet only when one is full.
final class FramePress {

    /// What compressed pieces hold, one for each thread that seals at once on a large computer: 8 MiB.
    private static final IdlePool<ByteBuffer> CONTENTS =
            new IdlePool<>(32, () -> ByteBuffer.allocateDirect(Blocks.MAX_PIECE_BYTES));

    private final SealingThreads threads;
    private final BlockDigester digester;
    private final FrameOutput output;

    /// No monitor: who waits on one is woken by a thread of the JDK, in an order that no simulation can repeat.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final ArrayDeque<Chunk> begun = new ArrayDeque<>();
    private int underWay;
    private @Nullable Throwable failure;
    private boolean abandoned;

    FramePress(SealingThreads threads, BlockDigester digester, FrameOutput output) {
        this.threads = threads;
        this.digester = digester;
        this.output = output;
    }

    /// A frame on its way; what it says is valid after [#finish].
    static final class Frame {
        private final int blocks;
        private byte[] digests = new byte[0];
        private @Nullable Chunk chunk;
        private int offset;
        private int length;
        private int counter;

        private Frame(int blocks) {
            this.blocks = blocks;
        }

        /// Digests of its blocks, one behind the other.
        byte[] digests() {
            return digests;
        }

        /// The chunk that holds it.
        Chunk chunk() {
            if (chunk == null) {
                throw new IllegalStateException("the frame is not sealed yet");
            }
            return chunk;
        }

        /// Where it begins in the chunk.
        int offset() {
            return offset;
        }

        int length() {
            return length;
        }

        int counter() {
            return counter;
        }

        int rawLength() {
            return blocks * Blocks.BLOCK_BYTES;
        }
    }

    /// Begins to compress and seal a frame. Blocks while many are under way.
    ///
    /// @param raw whole blocks; must stay as they are until released
    /// @param released run once, from any thread, when nobody looks at them any more
    /// @throws IOException if a frame before could not be sealed or stored
    Frame compress(FrameSealer sealer, ByteBuffer raw, Runnable released) throws IOException, InterruptedException {
        return begin(raw.remaining(), released, (frame, chunk) -> {
            digester.digest(raw, frame.blocks, frame.digests, 0);
            return sealer.seal(raw, chunk);
        });
    }

    /// Begins to seal a frame that is compressed already, or not worth it. Blocks while many are under way.
    ///
    /// @param rawLength bytes of its blocks
    /// @param stored the blocks, or, if it is shorter, an LZ4 block of them; must stay as it is until released
    /// @param released run once, from any thread, when nobody looks at it any more
    /// @throws IOException if a frame before could not be sealed or stored
    Frame keep(FrameSealer sealer, int rawLength, ByteBuffer stored, Runnable released)
            throws IOException, InterruptedException {
        return begin(rawLength, released, (frame, chunk) -> {
            if (stored.remaining() < rawLength) {
                digestContent(frame, stored);
            } else {
                digester.digest(stored, frame.blocks, frame.digests, 0);
            }
            return sealer.sealStored(stored, rawLength, chunk);
        });
    }

    /// Digests and seals a frame into a chunk.
    private interface Work {
        SealedFrame into(Frame frame, ByteBuffer chunk) throws IOException;
    }

    private Frame begin(int rawLength, Runnable released, Work work) throws IOException, InterruptedException {
        Frame frame = new Frame(rawLength / Blocks.BLOCK_BYTES);
        try {
            began();
        } catch (IOException e) {
            released.run();
            throw e;
        }
        try {
            threads.run(() -> carryOut(frame, work, released));
        } catch (InterruptedException | RuntimeException e) {
            released.run();
            ended(null);
            throw e;
        }
        return frame;
    }

    private void began() throws IOException {
        lock.lock();
        try {
            requireSound();
            underWay++;
        } finally {
            lock.unlock();
        }
    }

    private void requireSound() throws IOException {
        if (failure != null) {
            throw new IOException("A frame could not be stored: " + failure.getMessage(), failure);
        }
    }

    private void carryOut(Frame frame, Work work, Runnable released) {
        Throwable error = null;
        try {
            seal(frame, work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            error = e;
        } catch (IOException | RuntimeException e) {
            error = e;
        } finally {
            released.run();
            ended(error);
        }
    }

    private void seal(Frame frame, Work work) throws IOException, InterruptedException {
        frame.digests = new byte[frame.blocks * RunBuilder.DIGEST_BYTES];
        Chunk chunk = chunk(frame.rawLength() + FrameHeader.OVERHEAD_BYTES);
        try {
            frame.offset = chunk.bytes().position();
            SealedFrame sealed = work.into(frame, chunk.bytes());
            frame.chunk = chunk;
            frame.length = sealed.frameLength();
            frame.counter = sealed.counter();
        } finally {
            putBack(chunk);
        }
    }

    /// Whoever compressed it may be anybody: only what comes out of the block that is stored is digested.
    private void digestContent(Frame frame, ByteBuffer block) throws Lz4Exception {
        ByteBuffer content = CONTENTS.take().clear();
        try {
            Lz4Block.decompress(block, frame.rawLength(), content);
            digester.digest(content.flip(), frame.blocks, frame.digests, 0);
        } finally {
            CONTENTS.giveBack(content);
        }
    }

    /// A chunk with room, which nobody else fills meanwhile.
    private Chunk chunk(int room) throws IOException, InterruptedException {
        Chunk known;
        lock.lock();
        try {
            known = begun.poll();
        } finally {
            lock.unlock();
        }
        if (known != null && !known.hasRoomFor(room)) {
            output.add(known);
            known = null;
        }
        return known == null ? new Chunk() : known;
    }

    private void putBack(Chunk chunk) {
        lock.lock();
        try {
            begun.push(chunk);
        } finally {
            lock.unlock();
        }
    }

    private void ended(@Nullable Throwable error) {
        lock.lock();
        try {
            underWay--;
            if (failure == null) {
                failure = error;
            }
            if (abandoned && underWay == 0) {
                release();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for all frames and puts them into the output.
    ///
    /// @throws IOException if one could not be sealed or stored
    void finish() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (underWay > 0) {
                changed.await();
            }
            requireSound();
            Chunk chunk;
            while ((chunk = begun.poll()) != null) {
                output.add(chunk);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Forgets the frames, as soon as nobody works on one any more.
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            if (underWay == 0) {
                release();
            }
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        begun.forEach(Chunk::release);
        begun.clear();
        output.release();
    }
}

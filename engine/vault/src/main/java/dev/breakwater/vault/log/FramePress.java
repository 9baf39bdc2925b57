package dev.breakwater.vault.log;

import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.framecodec.SealedFrame;
import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.Blocks;
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

    /// Begins to seal a frame. Blocks while many are under way.
    ///
    /// @param content whole blocks; must stay as it is until it is released
    /// @param released run once, from any thread, when nobody looks at the content any more
    /// @throws IOException if a frame before could not be sealed or stored
    Frame press(FrameSealer sealer, ByteBuffer content, Runnable released) throws IOException, InterruptedException {
        Frame frame = new Frame(content.remaining() / Blocks.BLOCK_BYTES);
        try {
            began();
        } catch (IOException e) {
            released.run();
            throw e;
        }
        try {
            threads.run(() -> carryOut(frame, sealer, content, released));
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

    private void carryOut(Frame frame, FrameSealer sealer, ByteBuffer content, Runnable released) {
        Throwable error = null;
        try {
            digestAndSeal(frame, sealer, content);
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

    private void digestAndSeal(Frame frame, FrameSealer sealer, ByteBuffer content)
            throws IOException, InterruptedException {
        frame.digests = new byte[frame.blocks * RunBuilder.DIGEST_BYTES];
        Chunk chunk = chunk(sealer.maxFrameLength(content.remaining()));
        try {
            digester.digest(content, frame.blocks, frame.digests, 0);
            frame.offset = chunk.bytes().position();
            SealedFrame sealed = sealer.seal(content, chunk.bytes());
            frame.chunk = chunk;
            frame.length = sealed.frameLength();
            frame.counter = sealed.counter();
        } finally {
            putBack(chunk);
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

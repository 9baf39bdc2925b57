package dev.breakwater.framecodec;

import dev.breakwater.platform.memory.IdlePool;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;

/// Compresses and seals frames of one owner within one write attempt. The opposite of [FrameOpener].
///
/// Safe for several threads, which share the count of frames and nothing else. Content that LZ4 does not make at
/// least a sixteenth smaller is stored as it is: opening it is then cheaper, and the gain would be less than
/// the index costs.
public final class FrameSealer {

    /// Twice as many as threads seal at once on a large computer; each has about 800 KiB.
    private static final int IDLE_BENCHES = 32;

    private static final IdlePool<SealingBench> BENCHES = new IdlePool<>(IDLE_BENCHES, SealingBench::new);

    private final FrameOwner owner;
    private final byte[] ownerBytes;
    private final WriteAttempt attempt;
    private final SecretKey key;
    private final AtomicInteger nextCounter = new AtomicInteger();

    /// A sealer with the newest epoch's secret, that counts its frames from 0.
    ///
    /// @throws IllegalStateException if the attempt has a sealer for this owner already
    public FrameSealer(FrameKey key, FrameOwner owner, WriteAttempt attempt) {
        attempt.claim(owner);
        this.owner = owner;
        this.ownerBytes = owner.toBytes();
        this.attempt = attempt;
        this.key = FrameCipher.attemptKey(key.secret(key.epochs()), ownerBytes, attempt.salt());
    }

    /// Whose frames these are.
    public FrameOwner owner() {
        return owner;
    }

    /// The write attempt that the frames are part of.
    public WriteAttempt attempt() {
        return attempt;
    }

    /// Bytes that a frame of this much content takes at most.
    public int maxFrameLength(int rawLength) {
        return rawLength + FrameHeader.OVERHEAD_BYTES;
    }

    /// Seals the remaining bytes of `raw`, at most [FrameHeader#MAX_RAW_BYTES], and puts the frame at the target's
    /// position. Both buffers' positions move behind what was read and written. Targets with an array are written
    /// in place, others through a copy.
    ///
    /// @param raw content, at least one byte
    /// @param target has at least [#maxFrameLength] bytes remaining
    /// @throws IllegalArgumentException if the content is empty or too long, or the target too small
    /// @throws IllegalStateException if the attempt has used all its counters (2^31); draw a new one
    public SealedFrame seal(ByteBuffer raw, ByteBuffer target) {
        int rawLength = raw.remaining();
        if (rawLength < 1 || rawLength > FrameHeader.MAX_RAW_BYTES) {
            throw new IllegalArgumentException(
                    "A frame holds 1 to " + FrameHeader.MAX_RAW_BYTES + " bytes, not " + rawLength + ".");
        }
        requireRoom(rawLength, target);
        SealingBench bench = BENCHES.take();
        try {
            int counter = nextCounter();
            int length = bench.seal(raw, target, key, counter, ownerBytes, attempt.salt());
            return new SealedFrame(counter, length, rawLength);
        } finally {
            BENCHES.giveBack(bench);
        }
    }

    /// Seals content that somebody else has compressed, or found not worth it.
    ///
    /// @param stored the content, or, if it is shorter, an LZ4 block of it; its position moves behind it
    /// @param rawLength bytes of the content, at most [FrameHeader#MAX_RAW_BYTES], which the caller has looked at
    /// @param target has at least [#maxFrameLength] bytes remaining
    /// @throws IllegalArgumentException if nothing is stored, or more than the content, or the target is too small
    /// @throws IllegalStateException as for [#seal]
    public SealedFrame sealStored(ByteBuffer stored, int rawLength, ByteBuffer target) {
        int storedLength = stored.remaining();
        if (storedLength < 1 || storedLength > rawLength || rawLength > FrameHeader.MAX_RAW_BYTES) {
            throw new IllegalArgumentException(storedLength + " bytes do not hold " + rawLength + " bytes.");
        }
        requireRoom(rawLength, target);
        SealingBench bench = BENCHES.take();
        try {
            int counter = nextCounter();
            int length = bench.sealStored(stored, rawLength, target, key, counter, ownerBytes, attempt.salt());
            return new SealedFrame(counter, length, rawLength);
        } finally {
            BENCHES.giveBack(bench);
        }
    }

    private void requireRoom(int rawLength, ByteBuffer target) {
        if (target.remaining() < maxFrameLength(rawLength)) {
            throw new IllegalArgumentException("The target has room for " + target.remaining() + " bytes, but the frame"
                    + " may need " + maxFrameLength(rawLength) + ".");
        }
    }

    private int nextCounter() {
        // Stays negative once it is: it would take as many frames again to come round.
        int counter = nextCounter.getAndUpdate(last -> last < 0 ? last : last + 1);
        if (counter < 0) {
            throw new IllegalStateException("The write attempt has sealed 2^31 frames; draw a new one.");
        }
        return counter;
    }
}

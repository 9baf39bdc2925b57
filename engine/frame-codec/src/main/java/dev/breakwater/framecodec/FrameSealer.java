package dev.breakwater.framecodec;

import java.nio.ByteBuffer;
import javax.crypto.SecretKey;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/// Compresses and seals frames of one owner within one write attempt. The opposite of [FrameOpener].
///
/// Holds buffers that it uses again for each frame; not for several threads. Content that LZ4 does not make at
/// least a sixteenth smaller is stored as it is: opening it is then cheaper, and the gain would be less than
/// the index costs.
public final class FrameSealer {

    private final FrameOwner owner;
    private final byte[] ownerBytes;
    private final WriteAttempt attempt;
    private final SecretKey key;
    private final FrameCipher cipher = new FrameCipher();
    private final LZ4Compressor compressor;
    private byte[] rawScratch = new byte[0];
    private byte[] compressed = new byte[0];
    private byte[] frameScratch = new byte[0];
    private int nextCounter;

    /// A sealer that counts its frames from 0.
    ///
    /// @throws IllegalStateException if the attempt has a sealer for this owner already
    public FrameSealer(FrameKey key, FrameOwner owner, WriteAttempt attempt) {
        attempt.claim(owner);
        this.owner = owner;
        this.ownerBytes = owner.toBytes();
        this.attempt = attempt;
        this.key = FrameCipher.attemptKey(key, ownerBytes, attempt.salt());
        this.compressor = LZ4Factory.fastestInstance().fastCompressor();
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
    /// position. Both buffers' positions move behind what was read and written. Buffers with an array are worked on
    /// in
    /// place, others are copied once.
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
        if (target.remaining() < maxFrameLength(rawLength)) {
            throw new IllegalArgumentException("The target has room for " + target.remaining() + " bytes, but the frame"
                    + " may need " + maxFrameLength(rawLength) + ".");
        }
        if (nextCounter < 0) {
            throw new IllegalStateException("The write attempt has sealed 2^31 frames; draw a new one.");
        }
        byte[] content = raw.hasArray() ? raw.array() : copyOf(raw);
        int offset = raw.hasArray() ? raw.arrayOffset() + raw.position() : 0;
        raw.position(raw.limit());
        return sealInto(content, offset, rawLength, target);
    }

    private SealedFrame sealInto(byte[] raw, int offset, int rawLength, ByteBuffer target) {
        int worthwhile = rawLength - (rawLength >>> 4) - 1;
        int compressedLength = compress(raw, offset, rawLength, worthwhile);
        boolean smaller = compressedLength > 0;
        int storedLength = smaller ? compressedLength : rawLength;
        int frameLength = storedLength + FrameHeader.OVERHEAD_BYTES;

        boolean inPlace = target.hasArray();
        byte[] frame = inPlace ? target.array() : frameScratch(frameLength);
        int at = inPlace ? target.arrayOffset() + target.position() : 0;
        byte codec = smaller ? FrameHeader.CODEC_LZ4 : FrameHeader.CODEC_RAW;
        int counter = nextCounter++;
        FrameHeader.write(frame, at, storedLength, rawLength, codec, attempt.salt(), counter);
        cipher.seal(
                key, counter, ownerBytes, smaller ? compressed : raw, smaller ? 0 : offset, storedLength, frame, at);
        if (inPlace) {
            target.position(target.position() + frameLength);
        } else {
            target.put(frame, 0, frameLength);
        }
        return new SealedFrame(counter, frameLength, rawLength);
    }

    /// Returns 0 if the content does not become smaller than `worthwhile` allows.
    private int compress(byte[] raw, int offset, int length, int worthwhile) {
        if (worthwhile < 1) {
            return 0;
        }
        int bound = compressor.maxCompressedLength(length);
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        // With the full bound LZ4 never fails by exception, which would cost more than the bytes it writes.
        int made = compressor.compress(raw, offset, length, compressed, 0, bound);
        return made <= worthwhile ? made : 0;
    }

    private byte[] copyOf(ByteBuffer raw) {
        int length = raw.remaining();
        if (rawScratch.length < length) {
            rawScratch = new byte[length];
        }
        raw.get(raw.position(), rawScratch, 0, length);
        return rawScratch;
    }

    private byte[] frameScratch(int length) {
        if (frameScratch.length < length) {
            frameScratch = new byte[length];
        }
        return frameScratch;
    }
}

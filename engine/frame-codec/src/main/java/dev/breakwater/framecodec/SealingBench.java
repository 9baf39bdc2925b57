package dev.breakwater.framecodec;

import java.nio.ByteBuffer;
import javax.crypto.SecretKey;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/// Cipher and buffers with which one frame after another is sealed. For one thread at a time.
final class SealingBench {

    private final FrameCipher cipher = new FrameCipher();
    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    private byte[] raw = new byte[0];
    private byte[] compressed = new byte[0];
    private byte[] frame = new byte[0];

    /// Compresses and seals the remaining bytes of `content` and puts the frame at the target's position.
    ///
    /// @return the frame's length
    int seal(ByteBuffer content, ByteBuffer target, SecretKey key, int counter, byte[] owner, AttemptSalt salt) {
        int rawLength = content.remaining();
        int worthwhile = rawLength - (rawLength >>> 4) - 1;
        int made = compress(content, rawLength, worthwhile);
        boolean smaller = made > 0;
        int storedLength = smaller ? made : rawLength;
        int frameLength = storedLength + FrameHeader.OVERHEAD_BYTES;

        boolean inPlace = target.hasArray();
        frame = inPlace ? frame : atLeast(frame, frameLength);
        byte[] to = inPlace ? target.array() : frame;
        int at = inPlace ? target.arrayOffset() + target.position() : 0;
        byte codec = smaller ? FrameHeader.CODEC_LZ4 : FrameHeader.CODEC_RAW;
        FrameHeader.write(to, at, storedLength, rawLength, codec, salt, counter);
        if (smaller) {
            cipher.seal(key, counter, owner, compressed, 0, storedLength, to, at);
        } else {
            byte[] array = content.hasArray() ? content.array() : copyOf(content);
            int offset = content.hasArray() ? content.arrayOffset() + content.position() : 0;
            cipher.seal(key, counter, owner, array, offset, storedLength, to, at);
        }
        content.position(content.limit());
        if (inPlace) {
            target.position(target.position() + frameLength);
        } else {
            target.put(frame, 0, frameLength);
        }
        return frameLength;
    }

    /// Returns 0 if the content does not become smaller than `worthwhile` allows.
    private int compress(ByteBuffer content, int length, int worthwhile) {
        if (worthwhile < 1) {
            return 0;
        }
        int bound = compressor.maxCompressedLength(length);
        compressed = atLeast(compressed, bound);
        // With the full bound LZ4 never fails by exception, which would cost more than the bytes it writes.
        int made = compressor.compress(content, content.position(), length, ByteBuffer.wrap(compressed), 0, bound);
        return made <= worthwhile ? made : 0;
    }

    private byte[] copyOf(ByteBuffer content) {
        int length = content.remaining();
        raw = atLeast(raw, length);
        content.get(content.position(), raw, 0, length);
        return raw;
    }

    private static byte[] atLeast(byte[] buffer, int length) {
        return buffer.length >= length ? buffer : new byte[length];
    }
}

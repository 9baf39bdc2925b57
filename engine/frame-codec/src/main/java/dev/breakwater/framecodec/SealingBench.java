package dev.breakwater.framecodec;

import dev.breakwater.platform.lz4.Lz4Block;
import java.nio.ByteBuffer;
import javax.crypto.SecretKey;

/// Cipher and buffers with which one frame after another is sealed. For one thread at a time.
final class SealingBench {

    private final FrameCipher cipher = new FrameCipher();
    private byte[] raw = new byte[0];
    private byte[] compressed = new byte[0];
    private byte[] frame = new byte[0];

    /// Compresses and seals the remaining bytes of `content` and puts the frame at the target's position.
    ///
    /// @return the frame's length
    int seal(ByteBuffer content, ByteBuffer target, SecretKey key, int counter, byte[] owner, AttemptSalt salt) {
        int rawLength = content.remaining();
        compressed = atLeast(compressed, Lz4Block.bound(rawLength));
        int made = Lz4Block.compress(content, ByteBuffer.wrap(compressed));
        ByteBuffer stored = made > 0 ? ByteBuffer.wrap(compressed, 0, made) : content;
        int frameLength = sealStored(stored, rawLength, target, key, counter, owner, salt);
        content.position(content.limit());
        return frameLength;
    }

    /// Seals the remaining bytes of `stored`, content of `rawLength` bytes as it is or as an LZ4 block, and puts the
    /// frame at the target's position.
    ///
    /// @return the frame's length
    int sealStored(
            ByteBuffer stored,
            int rawLength,
            ByteBuffer target,
            SecretKey key,
            int counter,
            byte[] owner,
            AttemptSalt salt) {
        int storedLength = stored.remaining();
        int frameLength = storedLength + FrameHeader.OVERHEAD_BYTES;
        boolean inPlace = target.hasArray();
        frame = inPlace ? frame : atLeast(frame, frameLength);
        byte[] to = inPlace ? target.array() : frame;
        int at = inPlace ? target.arrayOffset() + target.position() : 0;
        byte codec = storedLength < rawLength ? FrameHeader.CODEC_LZ4 : FrameHeader.CODEC_RAW;
        FrameHeader.write(to, at, storedLength, rawLength, codec, salt, counter);
        byte[] array = stored.hasArray() ? stored.array() : copyOf(stored);
        int offset = stored.hasArray() ? stored.arrayOffset() + stored.position() : 0;
        cipher.seal(key, counter, owner, array, offset, storedLength, to, at);
        stored.position(stored.limit());
        if (inPlace) {
            target.position(target.position() + frameLength);
        } else {
            target.put(frame, 0, frameLength);
        }
        return frameLength;
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

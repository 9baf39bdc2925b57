package dev.breakwater.platform.lz4;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/// Compresses into LZ4 blocks (<https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md>) and back. Safe for
/// several
/// threads.
///
/// Content that does not become at least a sixteenth smaller is better kept as it is: opening it is then cheaper, and
/// the gain would be less than what it costs to name it.
public final class Lz4Block {

    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().safeDecompressor();

    private Lz4Block() {}

    /// Bytes that a target must have room for.
    public static int bound(int rawLength) {
        // With the full bound LZ4 never fails by exception, which would cost more than the bytes it writes.
        return COMPRESSOR.maxCompressedLength(rawLength);
    }

    /// Compresses the remaining bytes of `raw`; its position does not move.
    ///
    /// @param target has room for [#bound] bytes at its position, which moves behind the block if one is made
    /// @return length of the block; 0 if it is not at least a sixteenth smaller than the content
    public static int compress(ByteBuffer raw, ByteBuffer target) {
        int length = raw.remaining();
        int worthwhile = length - (length >>> 4) - 1;
        if (worthwhile < 1) {
            return 0;
        }
        int made = COMPRESSOR.compress(raw, raw.position(), length, target, target.position(), bound(length));
        if (made > worthwhile) {
            return 0;
        }
        target.position(target.position() + made);
        return made;
    }

    /// Brings the content back. Believes nothing of the block: it writes at most `rawLength` bytes, whatever the block
    /// says.
    ///
    /// @param block exactly one block; its position does not move
    /// @param rawLength bytes of the content
    /// @param target gets the content at its position, which moves behind it
    /// @throws Lz4Exception if it is no LZ4 block, or one of another length: nothing in the target may be used then
    public static void decompress(ByteBuffer block, int rawLength, ByteBuffer target) throws Lz4Exception {
        int made;
        try {
            made = DECOMPRESSOR.decompress(
                    block, block.position(), block.remaining(), target, target.position(), rawLength);
        } catch (LZ4Exception e) {
            throw new Lz4Exception("These bytes are no LZ4 block of " + rawLength + " bytes.", e);
        }
        if (made != rawLength) {
            throw new Lz4Exception("An LZ4 block holds " + made + " bytes instead of " + rawLength + ".");
        }
        target.position(target.position() + made);
    }
}

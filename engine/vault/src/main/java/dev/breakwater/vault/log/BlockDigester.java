package dev.breakwater.vault.log;

import dev.breakwater.model.Blocks;
import dev.breakwater.vault.index.RunBuilder;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Digests blocks: the first 16 bytes of each one's SHA-256. Allocates nothing per block; for one thread at a time.
public final class BlockDigester {

    private final MessageDigest sha256;
    private final byte[] whole = new byte[32];
    private final ByteBuffer copy = ByteBuffer.allocate(Blocks.MAX_PIECE_BYTES);

    /// A digester.
    public BlockDigester() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /// Digests the blocks at the buffer's position, which does not move.
    ///
    /// @param content has an array
    /// @param blocks how many
    /// @param target gets 16 bytes for each
    /// @param targetOffset where in the target
    public void digest(ByteBuffer content, int blocks, byte[] target, int targetOffset) {
        byte[] array = content.array();
        int from = content.arrayOffset() + content.position();
        try {
            for (int i = 0; i < blocks; i++) {
                sha256.update(array, from + i * Blocks.BLOCK_BYTES, Blocks.BLOCK_BYTES);
                sha256.digest(whole, 0, whole.length);
                System.arraycopy(whole, 0, target, targetOffset + i * RunBuilder.DIGEST_BYTES, RunBuilder.DIGEST_BYTES);
            }
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
    }

    /// A copy with an array, valid until the next one.
    ByteBuffer copy(ByteBuffer raw) {
        return copy.clear().put(raw.duplicate()).flip();
    }
}

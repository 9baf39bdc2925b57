package dev.breakwater.vault.reading;

import dev.breakwater.model.BlockDigester;

/// Digests of adjacent 4 KiB blocks, as [BlockDigester] makes them. A block of zeros has its digest too, 0,
/// and is known to be zeros.
public final class BlockDigests {

    /// Bytes of a digest.
    public static final int DIGEST_BYTES = BlockDigester.DIGEST_BYTES;

    private final long firstBlock;
    private final byte[] digests;

    /// @param firstBlock number of the first block
    /// @param digests 16 bytes for each block; taken over
    BlockDigests(long firstBlock, byte[] digests) {
        this.firstBlock = firstBlock;
        this.digests = digests;
    }

    /// Number of the first block.
    public long firstBlock() {
        return firstBlock;
    }

    /// How many blocks.
    public int count() {
        return digests.length / DIGEST_BYTES;
    }

    /// Whether a block holds nothing but zeros.
    ///
    /// @param index 0 for the first block
    public boolean isZero(int index) {
        for (int i = index * DIGEST_BYTES; i < (index + 1) * DIGEST_BYTES; i++) {
            if (digests[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// Copies digests of adjacent blocks.
    ///
    /// @param index first block, counted from 0
    /// @param count how many
    /// @param target gets 16 bytes for each
    /// @param targetOffset where in the target
    public void copy(int index, int count, byte[] target, int targetOffset) {
        System.arraycopy(digests, index * DIGEST_BYTES, target, targetOffset, count * DIGEST_BYTES);
    }
}

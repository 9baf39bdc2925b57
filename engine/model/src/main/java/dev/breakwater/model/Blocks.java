package dev.breakwater.model;

/// The unit in which changes are tracked, digested and addressed: a block of 4 KiB, the page size of the file
/// systems and databases we protect, so that a small write costs no more than itself.
public final class Blocks {

    /// Bytes of a block.
    public static final int BLOCK_BYTES = 4096;

    /// Bytes of the largest run of blocks that travels or is stored as one piece (64 blocks).
    public static final int MAX_PIECE_BYTES = 256 * 1024;

    /// Bytes from which on a piece is compressed and stored by itself: two of them would not share a frame anyway.
    /// Smaller ones wait until they fill a frame together.
    public static final int LARGE_PIECE_BYTES = MAX_PIECE_BYTES / 2;

    private Blocks() {}

    /// Whether an offset or a length lies on a block boundary.
    public static boolean isAligned(long bytes) {
        return (bytes & (BLOCK_BYTES - 1)) == 0;
    }

    /// The number of blocks that cover a length, the last one perhaps in part.
    public static long count(long lengthBytes) {
        return Math.ceilDiv(lengthBytes, BLOCK_BYTES);
    }
}

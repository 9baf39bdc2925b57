package dev.breakwater.model;

/// A run of bytes on a disk.
///
/// @param offset first byte, not negative
/// @param length number of bytes, at least 1
public record ByteRange(long offset, long length) {

    public ByteRange {
        if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("not a range: offset " + offset + ", length " + length);
        }
    }

    /// The byte after the last one.
    public long end() {
        return offset + length;
    }

    /// Whether the two ranges share a byte.
    public boolean overlaps(ByteRange other) {
        return offset < other.end() && other.offset < end();
    }

    /// The smallest range of whole blocks that holds this one.
    public ByteRange toBlocks() {
        long first = offset - offset % Blocks.BLOCK_BYTES;
        return new ByteRange(first, Math.ceilDiv(end() - first, Blocks.BLOCK_BYTES) * Blocks.BLOCK_BYTES);
    }
}

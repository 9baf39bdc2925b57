package dev.breakwater.vault.reading;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Joins block ranges that touch each other, and cuts the last one at the disk's end.
abstract class RangeIterator implements Iterator<ByteRange> {

    private final long sizeBytes;
    private long heldFrom = -1;
    private long heldTo = -1;
    private boolean exhausted;
    private @Nullable ByteRange next;

    /// @param sizeBytes the disk's size
    RangeIterator(long sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    /// Goes to the next range of blocks, in ascending order.
    ///
    /// @return false if there is none
    abstract boolean advance() throws IOException;

    /// First block of the range.
    abstract long from();

    /// The block after the range.
    abstract long to();

    @Override
    public boolean hasNext() {
        try {
            while (next == null && !exhausted) {
                step();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return next != null;
    }

    private void step() throws IOException {
        exhausted = !advance();
        boolean joins = !exhausted && from() == heldTo;
        if (joins) {
            heldTo = to();
            return;
        }
        if (heldFrom >= 0) {
            long start = heldFrom * Blocks.BLOCK_BYTES;
            long end = Math.min(sizeBytes, heldTo * Blocks.BLOCK_BYTES);
            next = start < end ? new ByteRange(start, end - start) : null;
        }
        if (!exhausted) {
            heldFrom = from();
            heldTo = to();
        }
    }

    @Override
    public ByteRange next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        ByteRange result = next;
        next = null;
        return result;
    }
}

package dev.breakwater.diskexport;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.ReadableDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Tells which ranges of a disk are holes, without ever holding the whole map: it walks along with a client that asks
/// in ascending order, and starts anew for one that goes back. Used by one thread.
final class AllocationCursor {

    /// Descriptors in one answer; the client asks on from where they end.
    static final int MAX_DESCRIPTORS = 512;

    private static final int DESCRIPTOR_BYTES = 8;

    private final ReadableDisk disk;
    private @Nullable Iterator<ByteRange> iterator;
    private @Nullable ByteRange current;
    private long passed;

    AllocationCursor(ReadableDisk disk) {
        this.disk = disk;
    }

    /// Describes the start of a range, or all of it.
    ///
    /// @param most descriptors at most
    /// @return descriptors as they go on the wire, ready to be read
    ByteBuffer describe(long offset, long length, int most) throws IOException {
        ByteBuffer descriptors = ByteBuffer.allocate(most * DESCRIPTOR_BYTES);
        long position = offset;
        long end = offset + length;
        while (position < end && descriptors.hasRemaining()) {
            ByteRange range = firstEndingAfter(position);
            boolean hole = range == null || range.offset() > position;
            long described = Math.min(range == null ? end : hole ? range.offset() : range.end(), end) - position;
            descriptors.putInt((int) described).putInt(hole ? Nbd.STATE_HOLE_ZERO : Nbd.STATE_DATA);
            position += described;
        }
        return descriptors.flip();
    }

    private @Nullable ByteRange firstEndingAfter(long position) throws IOException {
        Iterator<ByteRange> ranges = iterator;
        if (ranges == null || position < passed) {
            ranges = disk.allocated();
            iterator = ranges;
            current = ranges.hasNext() ? ranges.next() : null;
            passed = 0;
        }
        while (current != null && current.end() <= position) {
            passed = current.end();
            current = ranges.hasNext() ? ranges.next() : null;
        }
        return current;
    }
}

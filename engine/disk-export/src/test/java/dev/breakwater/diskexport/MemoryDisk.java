package dev.breakwater.diskexport;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.ReadableDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// A disk in memory: random bytes in some ranges, zeros elsewhere, and perhaps a place that cannot be read.
final class MemoryDisk implements ReadableDisk {

    final byte[] bytes;
    private final List<ByteRange> ranges;
    private final long unreadableAt;

    MemoryDisk(int size, long unreadableAt, ByteRange... ranges) {
        this.bytes = new byte[size];
        this.ranges = List.of(ranges);
        this.unreadableAt = unreadableAt;
        Random random = new Random(7);
        for (ByteRange range : ranges) {
            byte[] content = new byte[(int) range.length()];
            random.nextBytes(content);
            System.arraycopy(content, 0, bytes, (int) range.offset(), content.length);
        }
    }

    /// A disk with data at its start, in its middle, and up to its last byte.
    static MemoryDisk usual(int size) {
        return new MemoryDisk(
                size, -1, new ByteRange(0, 5000), new ByteRange(size / 2, 3 << 20), new ByteRange(size - 4096, 4096));
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        Objects.checkFromIndexSize(offset, target.remaining(), bytes.length);
        if (unreadableAt >= offset && unreadableAt < offset + target.remaining()) {
            throw new IOException("the frame is damaged");
        }
        target.put(bytes, (int) offset, target.remaining());
    }

    @Override
    public Iterator<ByteRange> allocated() {
        return ranges.iterator();
    }

    @Override
    public void close() {}
}

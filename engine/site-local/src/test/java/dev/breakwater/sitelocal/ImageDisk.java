package dev.breakwater.sitelocal;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.ReadableDisk;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// An image file as a disk at a recovery point. Counts what is read of it.
public final class ImageDisk implements ReadableDisk {

    final AtomicLong bytesRead = new AtomicLong();
    private final FileChannel channel;
    private final long size;

    /// Opens an image.
    public ImageDisk(Path image) throws IOException {
        channel = FileChannel.open(image, StandardOpenOption.READ);
        size = channel.size();
    }

    @Override
    public long sizeBytes() {
        return size;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        bytesRead.addAndGet(target.remaining());
        long position = offset;
        while (target.hasRemaining()) {
            int count = channel.read(target, position);
            if (count < 0) {
                throw new EOFException();
            }
            position += count;
        }
    }

    @Override
    public Iterator<ByteRange> allocated() {
        return List.of(new ByteRange(0, size)).iterator();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

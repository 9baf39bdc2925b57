package dev.breakwater.simulation.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/// An open file on the faulty disk.
final class FaultyChannel extends FileChannel {

    private final FaultyFiles files;
    private final Path real;
    private final FileChannel channel;

    FaultyChannel(FaultyFiles files, Path real, FileChannel channel) {
        this.files = files;
        this.real = real;
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        files.read(real);
        return channel.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        files.read(real);
        return channel.read(targets, offset, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        files.read(real);
        return channel.read(target, position);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return files.write(real, source, channel::write);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            int wanted = sources[i].remaining();
            int done = write(sources[i]);
            written += done;
            if (done < wanted) {
                return written;
            }
        }
        return written;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        return files.write(real, source, part -> channel.write(part, position));
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        files.unforced(real);
        channel.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        files.force(real);
        channel.force(metadata);
        files.isForced(real);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return channel.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return channel.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return channel.map(mode, position, size);
    }

    @Override
    public MemorySegment map(MapMode mode, long offset, long size, Arena arena) throws IOException {
        files.read(real);
        return channel.map(mode, offset, size, arena);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }
}

package dev.breakwater.platform.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Reads a disk, or an image of one, past the page cache where that is possible. Safe for several threads.
public final class DiskReader implements AutoCloseable {

    /// Unit of unbuffered reading: no disk has larger sectors.
    private static final int ALIGNMENT = 4096;
    /// Unaligned reads go through a buffer of this size.
    private static final int BOUNCE_BYTES = 1 << 20;

    private final NativeFile file;
    private final long sizeBytes;

    private DiskReader(NativeFile file, long sizeBytes) {
        this.file = file;
        this.sizeBytes = sizeBytes;
    }

    /// Opens a disk or an image.
    ///
    /// @param path a block device or a regular file
    /// @param sizeBytes how much of it there is
    /// @throws IOException if it cannot be opened
    public static DiskReader open(String path, long sizeBytes) throws IOException {
        NativeFile file;
        try {
            file = NativeFile.openDirect(path);
        } catch (LinuxException e) {
            if (e.errno() != LinuxException.EINVAL) {
                throw e;
            }
            // A file system without unbuffered reading, for example an older tmpfs.
            file = NativeFile.openBuffered(path);
        }
        return new DiskReader(file, sizeBytes);
    }

    /// How much of it there is.
    public long sizeBytes() {
        return sizeBytes;
    }

    /// Reads whole blocks of 4 KiB. If that fails, block by block: what failed for a moment is there then, and what
    /// goes on failing is known to the block.
    ///
    /// @param target on a 4 KiB boundary of memory, a multiple of 4 KiB; filled up with zeros past the disk's end
    /// @param offset on a 4 KiB boundary
    /// @throws UnreadableException if a block cannot be read
    /// @throws IOException if the disk is closed
    public void readBlocks(MemorySegment target, long offset) throws IOException {
        long present = Math.min(target.byteSize(), sizeBytes - offset);
        try {
            file.readFully(target.asSlice(0, present), offset);
        } catch (LinuxException e) {
            readSingly(target, offset, present);
        }
        if (present < target.byteSize()) {
            target.asSlice(present).fill((byte) 0);
        }
    }

    /// Ends at the first block that cannot be read: a dying disk may take many seconds for each.
    private void readSingly(MemorySegment target, long offset, long present) throws IOException {
        for (long at = 0; at < present; at += ALIGNMENT) {
            try {
                file.readFully(target.asSlice(at, Math.min(ALIGNMENT, present - at)), offset + at);
            } catch (LinuxException e) {
                throw new UnreadableException(file.path(), offset + at, e);
            }
        }
    }

    /// Reads any range; without a copy if whole blocks are read into direct memory on a 4 KiB boundary.
    ///
    /// @param target remaining bytes are filled entirely
    /// @throws IndexOutOfBoundsException if the range passes the disk's end
    /// @throws UnreadableException if a block cannot be read
    /// @throws IOException if the disk is closed
    public void read(long offset, ByteBuffer target) throws IOException {
        if (offset < 0 || offset > sizeBytes - target.remaining()) {
            throw new IndexOutOfBoundsException("bytes " + offset + " to " + (offset + target.remaining()) + " of "
                    + file.path() + ", which has " + sizeBytes);
        }
        if (target.isDirect() && offset % ALIGNMENT == 0 && target.remaining() % ALIGNMENT == 0) {
            MemorySegment whole = MemorySegment.ofBuffer(target);
            if (whole.address() % ALIGNMENT == 0) {
                readBlocks(whole, offset);
                target.position(target.limit());
                return;
            }
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bounce = arena.allocate(BOUNCE_BYTES, ALIGNMENT);
            long at = offset;
            while (target.hasRemaining()) {
                long first = at / ALIGNMENT * ALIGNMENT;
                long want =
                        Math.min(BOUNCE_BYTES, Math.ceilDiv(at + target.remaining() - first, ALIGNMENT) * ALIGNMENT);
                readBlocks(bounce.asSlice(0, want), first);
                int n = (int) Math.min(target.remaining(), first + want - at);
                target.put(bounce.asSlice(at - first, n).asByteBuffer());
                at += n;
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }
}

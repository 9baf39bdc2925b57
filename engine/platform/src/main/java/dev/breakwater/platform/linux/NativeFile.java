package dev.breakwater.platform.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// An open file by its descriptor. Safe for several threads, save that closing while another thread calls is a fault.
public final class NativeFile implements AutoCloseable {

    private static final int O_WRONLY = 1;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    /// Differ between processor families.
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    private static final int O_DIRECT = ARM ? 0x10000 : 0x4000;
    private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;

    private static final int CLOSED = -1;

    private final String path;
    private final AtomicInteger descriptor;

    private NativeFile(String path, int descriptor) {
        this.path = path;
        this.descriptor = new AtomicInteger(descriptor);
    }

    private static NativeFile open(String path, int flags) throws LinuxException {
        int fd = Libc.open(path, flags | O_CLOEXEC);
        if (fd < 0) {
            throw new LinuxException("open", path, -fd);
        }
        return new NativeFile(path, fd);
    }

    /// Opens for reading, past the page cache: buffers, offsets and lengths must be multiples of the sector size.
    public static NativeFile openDirect(String path) throws LinuxException {
        return open(path, O_DIRECT);
    }

    /// Opens for reading through the page cache.
    public static NativeFile openBuffered(String path) throws LinuxException {
        return open(path, 0);
    }

    /// Opens for reading; a read without data returns at once.
    public static NativeFile openNonBlocking(String path) throws LinuxException {
        return open(path, O_NONBLOCK);
    }

    /// Opens for writing.
    public static NativeFile openForWriting(String path) throws LinuxException {
        return open(path, O_WRONLY);
    }

    /// Opens for writing, past the page cache: buffers, offsets and lengths must be multiples of the sector size.
    public static NativeFile openDirectForWriting(String path) throws LinuxException {
        return open(path, O_WRONLY | O_DIRECT);
    }

    /// Opens a folder, for calls on its file system.
    public static NativeFile openFolder(String path) throws LinuxException {
        return open(path, O_DIRECTORY);
    }

    /// What was opened.
    public String path() {
        return path;
    }

    int descriptor() throws IOException {
        int fd = descriptor.get();
        if (fd == CLOSED) {
            throw new IOException(path + " is closed");
        }
        return fd;
    }

    /// Reads once.
    ///
    /// @return bytes read; 0 at the end; -1 if there is no data now (non-blocking files)
    public long read(MemorySegment target) throws IOException {
        long n;
        do {
            n = Libc.read(descriptor(), target);
        } while (n == -LinuxException.EINTR);
        if (n == -LinuxException.EAGAIN) {
            return -1;
        }
        return checked("read", n);
    }

    /// Reads from a place until the target is full.
    ///
    /// @throws IOException also if the file ends before
    public void readFully(MemorySegment target, long offset) throws IOException {
        long done = 0;
        while (done < target.byteSize()) {
            long n = Libc.pread(descriptor(), target.asSlice(done), offset + done);
            if (n == -LinuxException.EINTR) {
                continue;
            }
            if (checked("read at " + (offset + done), n) == 0) {
                throw new IOException(path + " ends at byte " + (offset + done) + ", before what was asked for");
            }
            done += n;
        }
    }

    /// Writes everything, where the last write ended.
    public void writeFully(MemorySegment source) throws IOException {
        long done = 0;
        while (done < source.byteSize()) {
            long n = Libc.write(descriptor(), source.asSlice(done));
            if (n != -LinuxException.EINTR) {
                done += checked("write", n);
            }
        }
    }

    /// Writes a text in one call.
    ///
    /// @return whether the kernel took it
    public boolean tryWrite(String text) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            MemorySegment source = arena.allocate(bytes.length);
            MemorySegment.copy(bytes, 0, source, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, bytes.length);
            return Libc.write(descriptor(), source) == bytes.length;
        }
    }

    /// Gets room for a range of the file from its file system; what is there stays. Again is harmless.
    ///
    /// @throws LinuxException if there is no room, or the file system has no such call
    public void allocate(long offset, long length) throws IOException {
        checked("allocate", Libc.fallocate(descriptor(), offset, length));
    }

    /// A device control call.
    ///
    /// @throws LinuxException if the kernel refuses
    public int control(String what, long request, MemorySegment argument) throws IOException {
        return (int) checked(what, Libc.ioctl(descriptor(), request, argument));
    }

    long seek(long offset, int whence) throws IOException {
        return Libc.lseek(descriptor(), offset, whence);
    }

    long checked(String call, long result) throws LinuxException {
        if (result < 0) {
            throw new LinuxException(call, path, (int) -result);
        }
        return result;
    }

    /// Gives the descriptor back; again is harmless.
    @Override
    public void close() {
        int fd = descriptor.getAndSet(CLOSED);
        if (fd != CLOSED) {
            Libc.close(fd);
        }
    }
}

package dev.breakwater.platform.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Where a file's bytes lie.
public final class FileExtents {

    private static final long FS_IOC_FIEMAP = 0xC020660BL;
    private static final int HEADER_BYTES = 32;
    private static final int EXTENT_BYTES = 56;
    /// One page of answers; the call is repeated until the last.
    private static final int EXTENTS_PER_CALL = 72;
    /// A file of this many extents is not what this is for; stops a file that grows while it is listed.
    private static final int MAX_EXTENTS = 1 << 20;

    private static final int FLAG_SYNC = 1;
    private static final int EXTENT_LAST = 1;
    /// Unknown, delayed, encoded, inline and the like: no address on the device.
    private static final int EXTENT_WITHOUT_ADDRESS = 0x2 | 0x4 | 0x8 | 0x80 | 0x200;

    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private FileExtents() {}

    /// Part of a file.
    ///
    /// @param fileOffset first byte in the file
    /// @param deviceOffset first byte on the file system's device
    /// @param length bytes
    public record Extent(long fileOffset, long deviceOffset, long length) {}

    /// The extents of a file on its file system's device, in the file's order. Extents without an address on
    /// the device are left out.
    ///
    /// @throws IOException if the file system does not tell
    public static List<Extent> onDevice(String path) throws IOException {
        List<Extent> result = new ArrayList<>();
        try (NativeFile file = NativeFile.openBuffered(path);
                Arena arena = Arena.ofConfined()) {
            MemorySegment map = arena.allocate(HEADER_BYTES + (long) EXTENT_BYTES * EXTENTS_PER_CALL, 8);
            long next = 0;
            while (result.size() < MAX_EXTENTS) {
                map.fill((byte) 0);
                map.set(ValueLayout.JAVA_LONG, 0, next);
                map.set(ValueLayout.JAVA_LONG, 8, Long.MAX_VALUE - next);
                map.set(ValueLayout.JAVA_INT, 16, FLAG_SYNC);
                map.set(ValueLayout.JAVA_INT, 24, EXTENTS_PER_CALL);
                file.control("list extents", FS_IOC_FIEMAP, map);
                int count = map.get(ValueLayout.JAVA_INT, 20);
                for (int i = 0; i < count; i++) {
                    long at = HEADER_BYTES + (long) i * EXTENT_BYTES;
                    long logical = map.get(ValueLayout.JAVA_LONG, at);
                    long length = map.get(ValueLayout.JAVA_LONG, at + 16);
                    int flags = map.get(ValueLayout.JAVA_INT, at + 40);
                    if ((flags & EXTENT_WITHOUT_ADDRESS) == 0) {
                        result.add(new Extent(logical, map.get(ValueLayout.JAVA_LONG, at + 8), length));
                    }
                    next = logical + length;
                    if ((flags & EXTENT_LAST) != 0) {
                        return List.copyOf(result);
                    }
                }
                if (count == 0) {
                    return List.copyOf(result);
                }
            }
        }
        throw new IOException(path + " has more than " + MAX_EXTENTS + " extents");
    }

    /// The ranges of a file that are no holes, as pairs of offset and length in the extents' file side.
    ///
    /// @param sizeBytes how far to look
    public static List<Extent> data(String path, long sizeBytes) throws IOException {
        List<Extent> result = new ArrayList<>();
        try (NativeFile file = NativeFile.openBuffered(path)) {
            long at = 0;
            while (at < sizeBytes && result.size() < MAX_EXTENTS) {
                long start = file.seek(at, SEEK_DATA);
                if (start == -LinuxException.ENXIO) {
                    return List.copyOf(result);
                }
                file.checked("look for data", start);
                long end = Math.min(sizeBytes, file.checked("look for a hole", file.seek(start, SEEK_HOLE)));
                if (end > start) {
                    result.add(new Extent(start, start, end - start));
                }
                at = Math.max(end, start + 1);
            }
        }
        return List.copyOf(result);
    }
}

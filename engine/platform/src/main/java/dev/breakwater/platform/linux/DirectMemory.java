package dev.breakwater.platform.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;

/// Memory for reading and writing past the page cache. It lies in huge pages where the kernel has some: a MiB is
/// then one piece of memory for the kernel to hold and for the disk to fill instead of 256, which makes a read of one
/// cost a fifth (Linux, admin-guide, `mm/transhuge.rst`; measured in decision 19).
public final class DirectMemory {

    private static final long HUGE_PAGE_BYTES = 2L << 20;

    private DirectMemory() {}

    /// Pieces of memory one behind the other, filled with zeros, the first at the beginning of a page.
    ///
    /// @param arena holds them; they are given back when it is closed, or nobody knows it any more
    /// @param count how many
    /// @param bytes of each
    /// @throws OutOfMemoryError if the kernel gives none
    @SuppressWarnings("restricted")
    public static List<MemorySegment> allocate(Arena arena, int count, long bytes) {
        long wanted = Math.ceilDiv(count * bytes, HUGE_PAGE_BYTES) * HUGE_PAGE_BYTES;
        // The kernel begins where it likes; a huge page begins at a multiple of its size.
        long mapped = wanted + HUGE_PAGE_BYTES;
        long start = Libc.map(mapped);
        if (start < 0) {
            throw new OutOfMemoryError("The kernel gives no " + mapped + " bytes: " + Libc.errorText((int) -start));
        }
        MemorySegment whole = MemorySegment.ofAddress(start)
                .reinterpret(mapped, arena, memory -> Libc.unmap(memory.address(), mapped));
        MemorySegment aligned = whole.asSlice(Math.ceilDiv(start, HUGE_PAGE_BYTES) * HUGE_PAGE_BYTES - start, wanted);
        // A kernel without huge pages refuses; the memory is as good, only slower.
        int _ = Libc.adviseHugePages(aligned);
        return LongStream.range(0, count)
                .mapToObj(i -> aligned.asSlice(i * bytes, bytes))
                .toList();
    }
}

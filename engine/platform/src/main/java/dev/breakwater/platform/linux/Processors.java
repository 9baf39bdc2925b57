package dev.breakwater.platform.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The machine's processors and which of them a thread runs on.
public final class Processors {

    /// The kernel's mask has at most 8192 bits.
    private static final int MASK_BYTES = 1024;

    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
    private static final long MEMBARRIER = ARM ? 283 : 324;
    private static final long MEMBARRIER_GLOBAL = 1;
    private static final int LOCK_CURRENT_AND_FUTURE = 3;

    private Processors() {}

    /// Numbers of the processors that run now.
    public static List<Integer> online() throws IOException {
        return parse(Files.readString(Path.of("/sys/devices/system/cpu/online")));
    }

    /// Reads a list such as `0-3,8`.
    static List<Integer> parse(String text) {
        List<Integer> result = new ArrayList<>();
        for (String part : text.strip().split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            String[] ends = part.split("-", 2);
            int first = Integer.parseInt(ends[0].strip());
            int last = ends.length == 2 ? Integer.parseInt(ends[1].strip()) : first;
            for (int cpu = first; cpu <= last; cpu++) {
                result.add(cpu);
            }
        }
        return List.copyOf(result);
    }

    /// Makes the calling thread, which must be a platform thread, run on one processor only.
    ///
    /// @return false if the kernel refuses (the processor went away, or is not ours)
    public static boolean pinCurrentThread(int cpu) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, 8);
            long at = cpu / 8;
            mask.set(ValueLayout.JAVA_BYTE, at, (byte) (1 << (cpu % 8)));
            return Libc.setAffinity(mask) == 0;
        }
    }

    /// Waits until each processor has passed through a state in which it is in no kernel code that was under way.
    ///
    /// @return false if the kernel does not offer this
    public static boolean barrierOnAll() {
        return Libc.syscall(MEMBARRIER, MEMBARRIER_GLOBAL, 0) == 0;
    }

    /// Keeps all memory of this process in memory.
    ///
    /// @return false if the kernel refuses
    public static boolean lockMemory() {
        return Libc.lockMemory(LOCK_CURRENT_AND_FUTURE) == 0;
    }
}

package dev.breakwater.platform.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/// The calls themselves. Each returns what the C library returns, or `-errno` where that is -1.
@SuppressWarnings("restricted")
final class Libc {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO_STATE = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /// Where a call leaves its error number; one per thread, because threads call at the same time.
    private static final ThreadLocal<MemorySegment> STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private static final MethodHandle OPEN = variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = plain("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = plain("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle PREAD = plain("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle WRITE = plain("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle LSEEK = plain("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle IOCTL = variadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle FALLOCATE =
            plain("fallocate", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SYNCFS = plain("syncfs", JAVA_INT, JAVA_INT);
    private static final MethodHandle AFFINITY = plain("sched_setaffinity", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle SYSCALL = variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MLOCKALL = plain("mlockall", JAVA_INT, JAVA_INT);
    private static final MethodHandle MMAP =
            plain("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MUNMAP = plain("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MADVISE = plain("madvise", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    /// `PROT_READ | PROT_WRITE`, `MAP_PRIVATE | MAP_ANONYMOUS`, `MADV_HUGEPAGE`.
    private static final int READ_WRITE = 1 | 2;

    private static final int PRIVATE_ANONYMOUS = 2 | 0x20;
    private static final int HUGE_PAGE = 14;

    private Libc() {}

    private static MethodHandle plain(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments), ERRNO_STATE);
    }

    private static MethodHandle variadic(String name, int firstVariadic, MemoryLayout result, MemoryLayout... args) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, args),
                ERRNO_STATE,
                Linker.Option.firstVariadicArg(firstVariadic));
    }

    private static long outcome(long result, MemorySegment state) {
        return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
    }

    private static AssertionError impossible(Throwable e) {
        return new AssertionError("a native call threw", e);
    }

    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = STATE.get();
            return (int) outcome((int) OPEN.invokeExact(state, arena.allocateFrom(path), flags, 0), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int close(int fd) {
        try {
            MemorySegment state = STATE.get();
            return (int) outcome((int) CLOSE.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static long read(int fd, MemorySegment target) {
        try {
            MemorySegment state = STATE.get();
            return outcome((long) READ.invokeExact(state, fd, target, target.byteSize()), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static long pread(int fd, MemorySegment target, long offset) {
        try {
            MemorySegment state = STATE.get();
            return outcome((long) PREAD.invokeExact(state, fd, target, target.byteSize(), offset), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static long write(int fd, MemorySegment source) {
        try {
            MemorySegment state = STATE.get();
            return outcome((long) WRITE.invokeExact(state, fd, source, source.byteSize()), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static long lseek(int fd, long offset, int whence) {
        try {
            MemorySegment state = STATE.get();
            return outcome((long) LSEEK.invokeExact(state, fd, offset, whence), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int ioctl(int fd, long request, MemorySegment argument) {
        try {
            MemorySegment state = STATE.get();
            return (int) outcome((int) IOCTL.invokeExact(state, fd, request, argument), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int fallocate(int fd, long offset, long length) {
        try {
            MemorySegment state = STATE.get();
            return (int) outcome((int) FALLOCATE.invokeExact(state, fd, 0, offset, length), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int syncfs(int fd) {
        try {
            MemorySegment state = STATE.get();
            return (int) outcome((int) SYNCFS.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int setAffinity(MemorySegment mask) {
        try {
            MemorySegment state = STATE.get();
            return (int) outcome((int) AFFINITY.invokeExact(state, 0, mask.byteSize(), mask), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static long syscall(long number, long first, long second) {
        try {
            MemorySegment state = STATE.get();
            return outcome((long) SYSCALL.invokeExact(state, number, first, second), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int lockMemory(int flags) {
        try {
            MemorySegment state = STATE.get();
            return (int) outcome((int) MLOCKALL.invokeExact(state, flags), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// New memory of this process alone, which is filled with zeros once it is touched.
    static long map(long bytes) {
        try {
            MemorySegment state = STATE.get();
            return outcome((long) MMAP.invokeExact(state, 0L, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int unmap(long address, long bytes) {
        try {
            MemorySegment state = STATE.get();
            return (int) outcome((int) MUNMAP.invokeExact(state, address, bytes), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int adviseHugePages(MemorySegment memory) {
        try {
            MemorySegment state = STATE.get();
            return (int) outcome((int) MADVISE.invokeExact(state, memory, memory.byteSize(), HUGE_PAGE), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static String errorText(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(256).getString(0, StandardCharsets.UTF_8);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }
}

package dev.breakwater.mobility.capture.dirty;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/// One bit per block. Each change is atomic and seen at once by all threads; a change of many bits is many changes.
///
/// The memory is a sparse file: pages that were never set are not even looked at, so that a large disk with few
/// changes costs little.
public final class BitPlane {

    /// Bytes of memory that are looked at or skipped together: a page, which stands for 128 MiB of disk.
    static final int PAGE_BYTES = 4096;

    private static final int WORDS_PER_PAGE = PAGE_BYTES / Long.BYTES;
    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment words;
    private final long bits;
    /// 1 for each page that may hold a set bit.
    private final AtomicIntegerArray touched;

    /// @param words zeros where never set; a multiple of a page, aligned to 8 bytes
    /// @param bits number of blocks
    BitPlane(MemorySegment words, long bits) {
        this.words = words;
        this.bits = bits;
        this.touched = new AtomicIntegerArray(Math.toIntExact(words.byteSize() / PAGE_BYTES));
    }

    /// Bytes of memory for that many bits.
    static long bytesFor(long bits) {
        return Math.ceilDiv(Math.ceilDiv(bits, Long.SIZE) * Long.BYTES, PAGE_BYTES) * PAGE_BYTES;
    }

    /// Says that the memory already holds something.
    ///
    /// @param fromByte first byte that may be set
    /// @param toByte byte after the last one
    void touch(long fromByte, long toByte) {
        for (long page = fromByte / PAGE_BYTES; page * PAGE_BYTES < toByte; page++) {
            touched.set((int) page, 1);
        }
    }

    private long word(long index) {
        return (long) WORD.getVolatile(words, index * Long.BYTES);
    }

    /// A word; pages that were never set are not looked at.
    private long wordOrZero(long index) {
        return touched.get((int) (index / WORDS_PER_PAGE)) == 0 ? 0 : word(index);
    }

    /// Sets a run of bits.
    ///
    /// @param from first
    /// @param to after the last one
    /// @param except bits that stay as they are, or null
    void set(long from, long to, @Nullable BitPlane except) {
        for (long w = from / Long.SIZE; w * Long.SIZE < to; w++) {
            long mask = mask(w, from, to);
            if (except != null) {
                mask &= ~except.wordOrZero(w);
            }
            if (mask != 0) {
                touched.set((int) (w / WORDS_PER_PAGE), 1);
                WORD.getAndBitwiseOr(words, w * Long.BYTES, mask);
            }
        }
    }

    /// Clears a run of bits.
    void clear(long from, long to) {
        for (long w = from / Long.SIZE; w * Long.SIZE < to; w++) {
            if (touched.get((int) (w / WORDS_PER_PAGE)) != 0) {
                WORD.getAndBitwiseAnd(words, w * Long.BYTES, ~mask(w, from, to));
            }
        }
    }

    /// The bits of word `w` that lie in a run.
    private static long mask(long w, long from, long to) {
        long first = Math.max(from - w * Long.SIZE, 0);
        long last = Math.min(to - w * Long.SIZE, Long.SIZE);
        long upTo = last == Long.SIZE ? -1L : (1L << last) - 1;
        return upTo & (-1L << first);
    }

    /// The first set bit at or after `from`, or -1.
    long nextSet(long from) {
        if (from >= bits) {
            return -1;
        }
        long w = from / Long.SIZE;
        long last = (bits - 1) / Long.SIZE;
        long ignore = -1L << (from % Long.SIZE);
        while (w <= last) {
            if (touched.get((int) (w / WORDS_PER_PAGE)) == 0) {
                w = (w / WORDS_PER_PAGE + 1) * WORDS_PER_PAGE;
                ignore = -1L;
                continue;
            }
            long value = word(w) & ignore;
            if (value != 0) {
                return w * Long.SIZE + Long.numberOfTrailingZeros(value);
            }
            ignore = -1L;
            w++;
        }
        return -1;
    }

    /// The first clear bit at or after `from`, at most `limit`.
    long nextClear(long from, long limit) {
        long at = from;
        while (at < limit) {
            long value = ~word(at / Long.SIZE) & (-1L << (at % Long.SIZE));
            if (value != 0) {
                return Math.min(limit, at / Long.SIZE * Long.SIZE + Long.numberOfTrailingZeros(value));
            }
            at = (at / Long.SIZE + 1) * Long.SIZE;
        }
        return limit;
    }

    /// Number of set bits.
    long count() {
        long count = 0;
        for (int page = 0; page < touched.length(); page++) {
            if (touched.get(page) != 0) {
                for (long w = (long) page * WORDS_PER_PAGE; w < (page + 1L) * WORDS_PER_PAGE; w++) {
                    count += Long.bitCount(word(w));
                }
            }
        }
        return count;
    }

    /// Sets here what is set there, then clears it there.
    ///
    /// @param except bits that are not set here, or null
    void moveFrom(BitPlane other, @Nullable BitPlane except) {
        for (int page = 0; page < other.touched.length(); page++) {
            if (other.touched.get(page) == 0) {
                continue;
            }
            for (long w = (long) page * WORDS_PER_PAGE; w < (page + 1L) * WORDS_PER_PAGE; w++) {
                long value = other.word(w);
                if (value != 0) {
                    long wanted = except == null ? value : value & ~except.wordOrZero(w);
                    touched.set(page, 1);
                    WORD.getAndBitwiseOr(words, w * Long.BYTES, wanted);
                    WORD.getAndBitwiseAnd(other.words, w * Long.BYTES, ~value);
                }
            }
        }
    }

    /// Clears all bits.
    void clearAll() {
        for (int page = 0; page < touched.length(); page++) {
            if (touched.get(page) != 0) {
                words.asSlice((long) page * PAGE_BYTES, PAGE_BYTES).fill((byte) 0);
            }
        }
        VarHandle.fullFence();
    }
}

package dev.breakwater.mobility.capture;

import dev.breakwater.model.Blocks;
import dev.breakwater.platform.linux.DiskReader;
import dev.breakwater.platform.lz4.Lz4Block;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs of blocks of one disk that are read together, and what was found in them: zeros and pieces of data. For one
/// thread at a time.
final class ReadBatch {

    /// 1 MiB reads are as fast as any.
    static final int BLOCKS = (1 << 20) / Blocks.BLOCK_BYTES;

    private static final int BLOCK = Blocks.BLOCK_BYTES;

    /// Memory of a batch, whole blocks: its content, and behind it the large pieces compressed. What stays there is
    /// shorter than its content, so only the piece that is being compressed can reach further.
    static final long MEMORY_BYTES =
            (2L * BLOCKS + Blocks.count(Lz4Block.bound(Blocks.MAX_PIECE_BYTES) - Blocks.MAX_PIECE_BYTES)) * BLOCK;

    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[BLOCK]);

    /// Keeps a batch of scattered blocks short in time, so that the readers share the work.
    private static final int MAX_RUNS = 32;

    /// Adjacent blocks of the disk.
    ///
    /// @param block the first
    /// @param content their bytes; null if they are zeros
    /// @param stored the same as [BlockSink#compressed] takes it; null if that was not tried
    record Stretch(
            long block,
            long blocks,
            @Nullable ByteBuffer content,
            @Nullable ByteBuffer stored) {}

    private final MemorySegment memory;
    private final ByteBuffer compressing;
    private final List<long[]> runs = new ArrayList<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final BitSet zeros = new BitSet(BLOCKS);
    private int disk;
    private long blocks;

    /// @param memory of [#MEMORY_BYTES], on a 4 KiB boundary
    ReadBatch(MemorySegment memory) {
        this.memory = memory;
        this.compressing = memory.asSlice((long) BLOCKS * BLOCK).asByteBuffer();
    }

    /// Empties it, to be filled with runs of a disk.
    void begin() {
        runs.clear();
        blocks = 0;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    boolean hasRoom(long maxBlocks) {
        return blocks < maxBlocks && runs.size() < MAX_RUNS;
    }

    /// Adds a run of blocks to be read.
    ///
    /// @param ofDisk index of the disk, the same for all runs
    void add(int ofDisk, long firstBlock, long length) {
        disk = ofDisk;
        runs.add(new long[] {firstBlock, length});
        blocks += length;
    }

    int disk() {
        return disk;
    }

    long blocks() {
        return blocks;
    }

    /// Each run: its first block and its length.
    List<long[]> runs() {
        return runs;
    }

    /// What was read, in the order of the runs.
    List<Stretch> stretches() {
        return stretches;
    }

    /// Reads the runs and looks what is in them.
    ///
    /// @param compress whether large pieces are to be compressed as well
    void read(DiskReader reader, boolean compress) throws IOException {
        zeros.clear();
        stretches.clear();
        compressing.clear();
        int at = 0;
        for (long[] run : runs) {
            int length = Math.toIntExact(run[1]);
            reader.readBlocks(content(at, length), run[0] * BLOCK);
            for (int block = at; block < at + length; block++) {
                zeros.set(block, isZero(block));
            }
            split(run[0], at, length, compress);
            at += length;
        }
    }

    private void split(long firstBlock, int at, int length, boolean compress) {
        int end = at + length;
        int from = at;
        while (from < end) {
            boolean zero = zeros.get(from);
            int change = zero ? zeros.nextClearBit(from) : zeros.nextSetBit(from);
            int to = change < 0 ? end : Math.min(change, end);
            long block = firstBlock + from - at;
            if (zero) {
                stretches.add(new Stretch(block, to - from, null, null));
            } else {
                to = Math.min(to, from + Blocks.MAX_PIECE_BYTES / BLOCK);
                ByteBuffer content = content(from, to - from).asByteBuffer();
                stretches.add(new Stretch(block, to - from, content, compress ? stored(content) : null));
            }
            from = to;
        }
    }

    private @Nullable ByteBuffer stored(ByteBuffer content) {
        if (content.remaining() < Blocks.LARGE_PIECE_BYTES) {
            return null;
        }
        int start = compressing.position();
        int length = Lz4Block.compress(content, compressing);
        return length == 0 ? content.duplicate() : compressing.slice(start, length);
    }

    private MemorySegment content(long firstBlock, long length) {
        return memory.asSlice(firstBlock * BLOCK, length * BLOCK);
    }

    private boolean isZero(long block) {
        return MemorySegment.mismatch(memory, block * BLOCK, (block + 1) * BLOCK, ZEROS, 0, BLOCK) < 0;
    }
}

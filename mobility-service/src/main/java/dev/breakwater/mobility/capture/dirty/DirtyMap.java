package dev.breakwater.mobility.capture.dirty;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.platform.linux.FileExtents;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The state of each block of one disk, in a file in memory:
///
/// | plane | a set bit means |
/// |---|---|
/// | 0 | dirty: changed, not read since |
/// | 1 … 4 | taken by generation g, where g % 4 + 1 is the plane; not durable |
/// | 5 | suspect: a write was seen to begin, its end cannot be told; counts as dirty once the disk is quiet |
/// | 6 | left out: neither is the block dirty nor does it become so |
///
/// **Invariant: a block whose content the vault may lack is set in some plane at any moment**, so that a
/// process killed anywhere loses none: a block is set where it goes before it is cleared where it was.
///
/// Safe for several threads.
public final class DirtyMap implements AutoCloseable {

    /// Generations that can be open at once.
    public static final int GENERATIONS = 4;

    private static final int PLANES = 1 + GENERATIONS + 2;
    private static final int SUSPECT = PLANES - 2;

    private final Arena arena;
    private final long blocks;
    private final BitPlane[] planes = new BitPlane[PLANES];
    private final BitPlane excluded;

    private DirtyMap(Arena arena, MemorySegment memory, long blocks) {
        this.arena = arena;
        this.blocks = blocks;
        long planeBytes = BitPlane.bytesFor(blocks);
        for (int i = 0; i < PLANES; i++) {
            planes[i] = new BitPlane(memory.asSlice(i * planeBytes, planeBytes), blocks);
        }
        excluded = planes[PLANES - 1];
    }

    /// Whether there is a map of such a disk to open; else [#open] makes an empty one.
    ///
    /// @throws IOException if the file's size cannot be told
    public static boolean isThere(Path file, long sizeBytes) throws IOException {
        return Files.exists(file) && Files.size(file) == fileBytes(sizeBytes);
    }

    private static long fileBytes(long sizeBytes) {
        return BitPlane.bytesFor(Blocks.count(sizeBytes)) * PLANES;
    }

    /// Opens the map of a disk, as it was left, or makes an empty one.
    ///
    /// @param file where it lies; created if missing, replaced if it has another size than the disk's map
    /// @param sizeBytes size of the disk
    /// @throws IOException if the file cannot be made or mapped
    @SuppressWarnings("MustBeClosedChecker") // the arena belongs to the map
    public static DirtyMap open(Path file, long sizeBytes) throws IOException {
        long blocks = Blocks.count(sizeBytes);
        long planeBytes = BitPlane.bytesFor(blocks);
        if (!isThere(file, sizeBytes)) {
            Files.deleteIfExists(file);
        }
        Arena arena = Arena.ofShared();
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            List<FileExtents.Extent> data = FileExtents.data(file.toString(), channel.size());
            DirtyMap map = new DirtyMap(arena, channel.map(MapMode.READ_WRITE, 0, fileBytes(sizeBytes), arena), blocks);
            for (FileExtents.Extent extent : data) {
                for (int i = 0; i < PLANES; i++) {
                    long from = Math.max(extent.fileOffset() - i * planeBytes, 0);
                    long to = Math.min(extent.fileOffset() + extent.length() - i * planeBytes, planeBytes);
                    if (from < to) {
                        map.planes[i].touch(from, to);
                    }
                }
            }
            // A damaged file must not name blocks that the disk does not have.
            for (BitPlane plane : map.planes) {
                plane.clear(blocks, planeBytes * Byte.SIZE);
            }
            return map;
        } catch (IOException e) {
            arena.close();
            throw e;
        }
    }

    /// Number of blocks of the disk.
    public long blocks() {
        return blocks;
    }

    private BitPlane dirty() {
        return planes[0];
    }

    private BitPlane generation(long number) {
        return planes[1 + (int) (number % GENERATIONS)];
    }

    /// Leaves these blocks out from now on, and no others. What was left out until now and is so no longer becomes
    /// dirty: it may have changed unseen. Kept over a restart, so that this holds for a later run as well.
    ///
    /// @param ranges in any order; only blocks that lie in them entirely are left out
    /// @return whether there are blocks that are left out no longer
    public boolean exclude(List<ByteRange> ranges) {
        NavigableMap<Long, Long> wanted = runs(ranges);
        boolean ended = false;
        long from = excluded.nextSet(0);
        while (from >= 0) {
            long to = excluded.nextClear(from, blocks);
            ended |= endExclusion(from, to, wanted);
            from = excluded.nextSet(to);
        }
        wanted.forEach((first, end) -> {
            excluded.set(first, end, null);
            dirty().clear(first, end);
        });
        return ended;
    }

    /// Merges ranges to runs of blocks, first block to the one after the last.
    private NavigableMap<Long, Long> runs(List<ByteRange> ranges) {
        NavigableMap<Long, Long> result = new TreeMap<>();
        List<ByteRange> ordered = new ArrayList<>(ranges);
        ordered.sort(Comparator.comparingLong(ByteRange::offset));
        for (ByteRange range : ordered) {
            long from = Math.ceilDiv(range.offset(), Blocks.BLOCK_BYTES);
            long to = Math.min(range.end() / Blocks.BLOCK_BYTES, blocks);
            Map.Entry<Long, Long> last = result.lastEntry();
            if (last != null && last.getValue() >= from) {
                result.put(last.getKey(), Math.max(last.getValue(), to));
            } else if (from < to) {
                result.put(from, to);
            }
        }
        return result;
    }

    private boolean endExclusion(long from, long to, NavigableMap<Long, Long> wanted) {
        boolean ended = false;
        long at = from;
        while (at < to) {
            Map.Entry<Long, Long> around = wanted.floorEntry(at);
            if (around != null && around.getValue() > at) {
                at = around.getValue();
                continue;
            }
            Long next = wanted.higherKey(at);
            long end = next == null ? to : Math.min(to, next);
            // Dirty first: killed between the two, the block is found again.
            dirty().set(at, end, null);
            excluded.clear(at, end);
            ended = true;
            at = end;
        }
        return ended;
    }

    /// Whether a range is left out as a whole.
    public boolean leftOut(long offset, long length) {
        long from = offset / Blocks.BLOCK_BYTES;
        long to = Math.min(blocks, Math.ceilDiv(offset + length, Blocks.BLOCK_BYTES));
        return excluded.nextSet(from) == from && excluded.nextClear(from, to) == to;
    }

    /// Makes the blocks dirty that a range touches; what passes the end of the disk is ignored.
    public void mark(long offset, long length) {
        long from = Math.max(0, offset / Blocks.BLOCK_BYTES);
        long to = Math.min(blocks, Math.ceilDiv(offset + length, Blocks.BLOCK_BYTES));
        if (from < to) {
            dirty().set(from, to, excluded);
        }
    }

    /// Makes the blocks suspect that a range touches.
    public void suspect(long offset, long length) {
        long from = Math.max(0, offset / Blocks.BLOCK_BYTES);
        long to = Math.min(blocks, Math.ceilDiv(offset + length, Blocks.BLOCK_BYTES));
        if (from < to) {
            planes[SUSPECT].set(from, to, excluded);
        }
    }

    /// The disk was seen quiet after all suspects were noted: they are plainly dirty.
    public void settle() {
        dirty().moveFrom(planes[SUSPECT], excluded);
    }

    /// Takes the next run of dirty blocks for a generation. **Read the blocks after this returns, not before**:
    /// a change from now on makes them dirty again.
    ///
    /// @param generation who takes them
    /// @param fromBlock where to look first
    /// @param maxBlocks the longest run
    /// @param run gets the first block and the number of blocks
    /// @return whether there was one
    public boolean take(long generation, long fromBlock, long maxBlocks, long[] run) {
        long first = dirty().nextSet(fromBlock);
        if (first < 0) {
            return false;
        }
        long end = dirty().nextClear(first + 1, Math.min(blocks, first + maxBlocks));
        generation(generation).set(first, end, null);
        dirty().clear(first, end);
        run[0] = first;
        run[1] = end - first;
        return true;
    }

    /// Whether some block is dirty.
    public boolean anyDirty() {
        return dirty().nextSet(0) >= 0;
    }

    /// Number of dirty blocks.
    public long dirtyBlocks() {
        return dirty().count();
    }

    /// Whether a generation took a block outside all of these ranges.
    ///
    /// @param ranges in ascending order
    public boolean takenOutside(long generation, List<ByteRange> ranges) {
        BitPlane taken = generation(generation);
        long block = taken.nextSet(0);
        for (ByteRange range : ranges) {
            if (block < 0 || (block + 1) * Blocks.BLOCK_BYTES <= range.offset()) {
                break;
            }
            if (block * Blocks.BLOCK_BYTES < range.end()) {
                block = taken.nextSet(range.end() / Blocks.BLOCK_BYTES);
            }
        }
        return block >= 0;
    }

    /// Empties all planes.
    public void clear() {
        for (BitPlane plane : planes) {
            plane.clearAll();
        }
    }

    /// Number of blocks that a generation took.
    public long takenBlocks(long generation) {
        return generation(generation).count();
    }

    /// Forgets a generation's blocks: the vault has them.
    public void durable(long generation) {
        generation(generation).clearAll();
    }

    /// Makes a generation's blocks dirty again.
    public void returnToDirty(long generation) {
        dirty().moveFrom(generation(generation), excluded);
    }

    /// Gives the memory back; the file stays.
    @Override
    public void close() {
        arena.close();
    }
}

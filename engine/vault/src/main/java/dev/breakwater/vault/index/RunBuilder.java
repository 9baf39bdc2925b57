package dev.breakwater.vault.index;

import dev.breakwater.model.DiskId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes a run: extents in ascending order, versions of the same range newest first. Keeps one page of
/// extents and one page of fences per level in memory.
public final class RunBuilder {

    /// Bytes of a block's digest.
    public static final int DIGEST_BYTES = 16;

    private final DiskId disk;
    private final long fromSlot;
    private final long toSlot;
    private final PageOutput output;
    private final ExtentPageBuilder page = new ExtentPageBuilder();
    private final List<FencePage.Builder> fences = new ArrayList<>();
    private final VarWriter scratch = new VarWriter(64 * 1024);
    private long extents;
    private long indexBytes;
    private long groupStart = -1;
    private int groupSize;
    private boolean lastGroupSingle;

    /// @param disk whose map it is
    /// @param fromSlot first slot that the run speaks of
    /// @param toSlot last slot that it speaks of
    /// @param output where the pages go
    public RunBuilder(DiskId disk, long fromSlot, long toSlot, PageOutput output) {
        this.disk = disk;
        this.fromSlot = fromSlot;
        this.toSlot = toSlot;
        this.output = raw -> {
            FrameRef frame = output.append(raw);
            indexBytes += frame.frameLength();
            return frame;
        };
    }

    /// Begins a range. One or more versions of it must follow, newest first.
    ///
    /// @param start first block, at or after the end of the range before
    public void group(long start) {
        lastGroupSingle = groupSize == 1;
        groupStart = start;
        groupSize = 0;
    }

    /// A version of the range that is zeros.
    ///
    /// @param blocks its length, the same for all versions
    /// @param slot who wrote it
    /// @param single whether it is the range's only version, so that it may be joined with the range before
    public void zeros(long blocks, long slot, boolean single) throws IOException, InterruptedException {
        roomFor(0);
        if (!(single && lastGroupSingle && page.goesOn(groupStart, blocks, slot, -1, 0))) {
            page.add(groupStart, blocks, slot, -1, 0);
            extents++;
        }
        groupSize++;
    }

    /// A version of the range that is data.
    ///
    /// @param blocks its length, the same for all versions
    /// @param slot who wrote it
    /// @param single whether it is the range's only version
    /// @param frame the frame that holds it
    /// @param blockInFrame its place in the frame
    /// @param digests array with its digests
    /// @param digestOffset where they begin, bytes
    public void data(
            int blocks, long slot, boolean single, FrameRef frame, int blockInFrame, byte[] digests, int digestOffset)
            throws IOException, InterruptedException {
        roomFor(blocks);
        int number =
                page.frame(frame.source(), frame.counter(), frame.offset(), frame.frameLength(), frame.rawLength());
        if (!(single && lastGroupSingle && page.goesOn(groupStart, blocks, slot, number, blockInFrame))) {
            page.add(groupStart, blocks, slot, number, blockInFrame);
            extents++;
        }
        page.addDigests(digests, digestOffset, blocks);
        groupSize++;
    }

    /// Writes what is left.
    ///
    /// @return the run, or nothing if it has no extents
    public Optional<Run> finish() throws IOException, InterruptedException {
        if (!page.isEmpty()) {
            writePage();
        }
        if (extents == 0) {
            return Optional.empty();
        }
        int level = 0;
        while (level < fences.size() - 1 || fences.get(level).count() > 1) {
            if (fences.get(level).count() > 0) {
                writeFences(level);
            }
            level++;
        }
        FrameRef root = fences.get(level).only();
        return Optional.of(new Run(disk, fromSlot, toSlot, root, level, extents, indexBytes));
    }

    private void roomFor(int dataBlocks) throws IOException, InterruptedException {
        if (!page.hasRoomFor(dataBlocks)) {
            writePage();
        }
    }

    private void writePage() throws IOException, InterruptedException {
        long end = page.lastEnd();
        addFence(0, end, page.write(output, scratch));
    }

    private void addFence(int level, long end, FrameRef child) throws IOException, InterruptedException {
        if (level == fences.size()) {
            fences.add(new FencePage.Builder());
        }
        if (fences.get(level).isFull()) {
            writeFences(level);
        }
        fences.get(level).add(end, child);
    }

    private void writeFences(int level) throws IOException, InterruptedException {
        long end = fences.get(level).end();
        scratch.clear();
        fences.get(level).encode(scratch);
        addFence(level + 1, end, output.append(scratch.buffer()));
    }
}

package dev.breakwater.vault.reading;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskId;
import dev.breakwater.vault.index.ExtentPage;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.index.MergeCursor;
import dev.breakwater.vault.index.PageLoader;
import dev.breakwater.vault.index.Run;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A disk as it was after a slot: which blocks lie where.
///
/// @param disk which disk
/// @param slot after which slot
/// @param runs the maps that say it, newest first
record DiskMap(DiskId disk, long slot, List<Run> runs) {

    /// Frames opened together: 16 MiB of memory for a read of scattered blocks.
    private static final int MAX_FRAMES = 64;

    /// A part of what is read that lies in one frame.
    private record Part(FrameRef frame, long diskByte, int frameByte, int length) {}

    /// Fills the buffer's remaining bytes.
    void read(PageLoader pages, FrameCache frames, long offset, ByteBuffer target) throws IOException {
        long end = offset + target.remaining();
        int base = target.position();
        zeroFill(target);
        List<Part> parts = new ArrayList<>();
        Set<FrameRef> needed = new LinkedHashSet<>();
        MergeCursor cursor = new MergeCursor(pages, runs, offset / Blocks.BLOCK_BYTES);
        while (cursor.next() && cursor.start() * Blocks.BLOCK_BYTES < end) {
            int version = cursor.versionAt(slot);
            if (version < 0 || cursor.isZero(version)) {
                continue;
            }
            FrameRef frame = cursor.page(version).frameRef(cursor.extent(version));
            if (needed.size() == MAX_FRAMES && !needed.contains(frame)) {
                copy(frames, needed, parts, offset, base, target);
            }
            needed.add(frame);
            parts.add(part(cursor, version, frame, offset, end));
        }
        copy(frames, needed, parts, offset, base, target);
    }

    private static Part part(MergeCursor cursor, int version, FrameRef frame, long offset, long end) {
        ExtentPage page = cursor.page(version);
        int extent = cursor.extent(version);
        long from = Math.max(offset, cursor.start() * Blocks.BLOCK_BYTES);
        long to = Math.min(end, cursor.end() * Blocks.BLOCK_BYTES);
        long frameByte = (page.blockInFrame(extent) - page.start(extent)) * (long) Blocks.BLOCK_BYTES + from;
        return new Part(frame, from, (int) frameByte, (int) (to - from));
    }

    private void copy(
            FrameCache frames, Set<FrameRef> needed, List<Part> parts, long offset, int base, ByteBuffer target)
            throws IOException {
        Map<FrameRef, byte[]> contents = frames.load(disk, needed);
        for (Part part : parts) {
            byte[] content = contents.get(part.frame());
            if (content == null) {
                throw new IllegalStateException("frame " + part.frame() + " was not loaded");
            }
            target.put(base + (int) (part.diskByte() - offset), content, part.frameByte(), part.length());
        }
        needed.clear();
        parts.clear();
    }

    private static void zeroFill(ByteBuffer target) {
        MemorySegment.ofBuffer(target).fill((byte) 0);
        target.position(target.limit());
    }

    /// The digests of adjacent blocks.
    BlockDigests digests(PageLoader pages, long firstBlock, int blocks) throws IOException {
        byte[] digests = new byte[blocks * BlockDigests.DIGEST_BYTES];
        // What is not written over are zeros, whose digest is 0.
        MergeCursor cursor = new MergeCursor(pages, runs, firstBlock);
        while (cursor.next() && cursor.start() < firstBlock + blocks) {
            int version = cursor.versionAt(slot);
            if (version < 0 || cursor.isZero(version)) {
                continue;
            }
            int count = (int) (Math.min(cursor.end(), firstBlock + blocks) - cursor.start());
            copyDigests(
                    pages,
                    cursor,
                    version,
                    count,
                    digests,
                    (int) (cursor.start() - firstBlock) * BlockDigests.DIGEST_BYTES);
        }
        return new BlockDigests(firstBlock, digests);
    }

    /// Copies the digests of the first blocks of the cursor's piece.
    static void copyDigests(
            PageLoader pages, MergeCursor cursor, int version, int count, byte[] target, int targetOffset)
            throws IOException {
        ExtentPage page = cursor.page(version);
        FrameRef frame = page.digests();
        if (frame == null) {
            throw new IllegalStateException("a page with data has digests");
        }
        int at = page.digest(cursor.extent(version)) + cursor.skip(version);
        System.arraycopy(
                pages.digests(frame),
                at * BlockDigests.DIGEST_BYTES,
                target,
                targetOffset,
                count * BlockDigests.DIGEST_BYTES);
    }
}

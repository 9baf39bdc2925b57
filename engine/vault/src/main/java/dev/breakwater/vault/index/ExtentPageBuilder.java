package dev.breakwater.vault.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Collects extents in columns until a page is full, then writes the page.
final class ExtentPageBuilder {

    private static final int BUCKETS = 4 * ExtentPage.MAX_EXTENTS;

    private final long[] start = new long[ExtentPage.MAX_EXTENTS];
    private final long[] length = new long[ExtentPage.MAX_EXTENTS];
    private final long[] slot = new long[ExtentPage.MAX_EXTENTS];
    private final int[] frame = new int[ExtentPage.MAX_EXTENTS];
    private final int[] blockInFrame = new int[ExtentPage.MAX_EXTENTS];
    private final List<FrameSource> sources = new ArrayList<>();
    private final int[] frameSource = new int[ExtentPage.MAX_EXTENTS];
    private final int[] frameCounter = new int[ExtentPage.MAX_EXTENTS];
    private final int[] frameOffset = new int[ExtentPage.MAX_EXTENTS];
    private final int[] frameLength = new int[ExtentPage.MAX_EXTENTS];
    private final int[] frameRaw = new int[ExtentPage.MAX_EXTENTS];
    // Open addressing: number of a frame of this page + 1, by source and offset.
    private final int[] frameIndex = new int[BUCKETS];
    private final byte[] digests = new byte[ExtentPage.MAX_DATA_BLOCKS * RunBuilder.DIGEST_BYTES];
    private int extents;
    private int frames;
    private int dataBlocks;
    private int lastSource;

    boolean isEmpty() {
        return extents == 0;
    }

    boolean hasRoomFor(long dataLength) {
        return extents < ExtentPage.MAX_EXTENTS && dataBlocks + dataLength <= ExtentPage.MAX_DATA_BLOCKS;
    }

    long lastEnd() {
        return start[extents - 1] + length[extents - 1];
    }

    /// Lengthens the last extent if a new one only goes on with it.
    boolean goesOn(long newStart, long newLength, long newSlot, int newFrame, int newBlockInFrame) {
        int last = extents - 1;
        if (last < 0 || lastEnd() != newStart || slot[last] != newSlot || frame[last] != newFrame) {
            return false;
        }
        boolean zeros = newFrame < 0;
        if (!zeros && blockInFrame[last] + length[last] != newBlockInFrame) {
            return false;
        }
        length[last] += newLength;
        return true;
    }

    void add(long newStart, long newLength, long newSlot, int newFrame, int newBlockInFrame) {
        start[extents] = newStart;
        length[extents] = newLength;
        slot[extents] = newSlot;
        frame[extents] = newFrame;
        blockInFrame[extents] = newBlockInFrame;
        extents++;
    }

    void addDigests(byte[] source, int offset, int blocks) {
        System.arraycopy(
                source, offset, digests, dataBlocks * RunBuilder.DIGEST_BYTES, blocks * RunBuilder.DIGEST_BYTES);
        dataBlocks += blocks;
    }

    /// The number of a frame within the page, which it gets if it has none yet.
    int frame(FrameSource source, int counter, long offset, int sealedLength, int rawLength) {
        int sourceNumber = source(source);
        int bucket = (int) (((offset * 31 + sourceNumber) * 0x9E3779B9L) >>> 16) & (BUCKETS - 1);
        while (frameIndex[bucket] != 0) {
            int known = frameIndex[bucket] - 1;
            if (frameOffset[known] == offset && frameSource[known] == sourceNumber) {
                return known;
            }
            bucket = (bucket + 1) & (BUCKETS - 1);
        }
        frameIndex[bucket] = frames + 1;
        frameSource[frames] = sourceNumber;
        frameCounter[frames] = counter;
        frameOffset[frames] = (int) offset;
        frameLength[frames] = sealedLength;
        frameRaw[frames] = rawLength;
        return frames++;
    }

    private int source(FrameSource source) {
        if (lastSource < sources.size() && sources.get(lastSource).equals(source)) {
            return lastSource;
        }
        int known = sources.indexOf(source);
        if (known < 0) {
            known = sources.size();
            sources.add(source);
        }
        lastSource = known;
        return known;
    }

    /// Writes the digests' frame, then the page, and forgets both.
    FrameRef write(PageOutput output, VarWriter scratch) throws IOException, InterruptedException {
        FrameRef digestFrame = null;
        if (dataBlocks > 0) {
            digestFrame = output.append(ByteBuffer.wrap(digests, 0, dataBlocks * RunBuilder.DIGEST_BYTES));
        }
        scratch.clear();
        scratch.u8(ExtentPage.TYPE).varint(sources.size());
        for (FrameSource source : sources) {
            source.write(scratch);
        }
        scratch.varint(frames);
        for (int i = 0; i < frames; i++) {
            scratch.varint(frameSource[i]).varint(frameCounter[i]).varint(frameOffset[i]);
            scratch.varint(frameLength[i]).varint(frameRaw[i]);
        }
        writeExtents(scratch);
        if (digestFrame != null) {
            digestFrame.write(scratch);
        }
        FrameRef page = output.append(scratch.buffer());
        clear();
        return page;
    }

    private void writeExtents(VarWriter scratch) {
        scratch.varint(extents);
        long end = 0;
        for (int i = 0; i < extents; i++) {
            boolean version = i > 0 && start[i] == start[i - 1];
            if (version) {
                scratch.varint(0).varint(slot[i - 1] - slot[i]);
            } else {
                scratch.varint(start[i] - end + 1).varint(length[i]).varint(slot[i]);
            }
            scratch.varint(frame[i] + 1L);
            if (frame[i] >= 0) {
                scratch.varint(blockInFrame[i]);
            }
            end = start[i] + length[i];
        }
    }

    private void clear() {
        extents = 0;
        frames = 0;
        dataBlocks = 0;
        lastSource = 0;
        sources.clear();
        Arrays.fill(frameIndex, 0);
    }
}

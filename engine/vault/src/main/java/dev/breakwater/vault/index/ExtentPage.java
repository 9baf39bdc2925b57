package dev.breakwater.vault.index;

import dev.breakwater.framecodec.FrameHeader;
import dev.breakwater.model.Blocks;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A page of extents, decoded into columns. Never changes once made, and is shared by threads.
///
/// Extents are sorted by start block, and those of equal range by slot, newest first. Two extents either
/// cover the very same blocks (versions of each other) or share none. A group of versions may go on in the
/// next page.
public final class ExtentPage {

    /// First byte of a page of extents.
    static final int TYPE = 1;

    /// A page is closed at this many extents: some 24 KiB sealed, the price of one random read of the map.
    static final int MAX_EXTENTS = 1024;

    /// A page is closed at this many blocks of data: their digests make one frame of 128 KiB.
    static final int MAX_DATA_BLOCKS = 8192;

    /// A disk's blocks are numbered below this: 4 PiB.
    public static final long MAX_BLOCKS = 1L << 40;

    /// Where a frame can begin at most; objects are smaller than 1 GiB.
    static final long MAX_OBJECT_OFFSET = 1L << 30;

    /// Blocks in an extent of data.
    static final int MAX_DATA_LENGTH = Blocks.MAX_PIECE_BYTES / Blocks.BLOCK_BYTES;

    private final int count;
    private final long[] start;
    private final long[] length;
    private final long[] slot;
    private final int[] frame;
    private final byte[] blockInFrame;
    private final int[] digest;
    private final FrameSource[] sources;
    private final int[] frameSource;
    private final int[] frameCounter;
    private final int[] frameOffset;
    private final int[] frameLength;
    private final int[] frameRaw;
    private final @Nullable FrameRef digests;

    private ExtentPage(VarReader in) throws IndexFormatException {
        sources = new FrameSource[in.count()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = FrameSource.read(in);
        }
        int frames = in.count();
        frameSource = new int[frames];
        frameCounter = new int[frames];
        frameOffset = new int[frames];
        frameLength = new int[frames];
        frameRaw = new int[frames];
        readFrames(in);
        count = in.varint(MAX_EXTENTS);
        start = new long[count];
        length = new long[count];
        slot = new long[count];
        frame = new int[count];
        blockInFrame = new byte[count];
        digest = new int[count];
        int dataBlocks = readExtents(in);
        digests = dataBlocks > 0 ? FrameRef.read(in) : null;
        in.end();
        if (count == 0) {
            throw in.damaged("it has no extents");
        }
        if (digests != null && digests.rawLength() != dataBlocks * RunBuilder.DIGEST_BYTES) {
            throw in.damaged(
                    "it has " + dataBlocks + " blocks of data, but its digests take " + digests.rawLength() + " bytes");
        }
    }

    /// Decodes a page.
    ///
    /// @param raw content of an authentic frame
    /// @throws IndexFormatException if it is no such page
    static ExtentPage decode(ByteBuffer raw) throws IndexFormatException {
        VarReader in = new VarReader(raw, "page of extents");
        if (in.u8() != TYPE) {
            throw in.damaged("it is no page of extents");
        }
        return new ExtentPage(in);
    }

    private void readFrames(VarReader in) throws IndexFormatException {
        for (int i = 0; i < frameSource.length; i++) {
            frameSource[i] = in.varint(sources.length - 1);
            frameCounter[i] = in.varint(Integer.MAX_VALUE);
            frameOffset[i] = (int) in.varint(MAX_OBJECT_OFFSET);
            frameLength[i] = in.varint(FrameHeader.MAX_RAW_BYTES + FrameHeader.OVERHEAD_BYTES);
            frameRaw[i] = in.varint(FrameHeader.MAX_RAW_BYTES);
        }
    }

    private int readExtents(VarReader in) throws IndexFormatException {
        int dataBlocks = 0;
        long end = 0;
        for (int i = 0; i < count; i++) {
            long gap = in.varint(MAX_BLOCKS);
            boolean version = gap == 0 && i > 0;
            // 0 repeats the range of the extent before; otherwise the distance from its end, plus 1.
            start[i] = version ? start[i - 1] : end + Math.max(0, gap - 1);
            length[i] = version ? length[i - 1] : in.varint(MAX_BLOCKS);
            slot[i] = version ? slot[i - 1] - in.varint(Long.MAX_VALUE) : in.varint(Long.MAX_VALUE);
            frame[i] = in.varint(frameSource.length) - 1;
            end = start[i] + length[i];
            if (length[i] < 1 || end > MAX_BLOCKS || slot[i] < 0) {
                throw in.damaged("extent " + i + " is impossible");
            }
            if (frame[i] >= 0) {
                blockInFrame[i] = (byte) in.varint(MAX_DATA_LENGTH - 1);
                if (length[i] > MAX_DATA_LENGTH
                        || (blockInFrame[i] + length[i]) * Blocks.BLOCK_BYTES > frameRaw[frame[i]]) {
                    throw in.damaged("extent " + i + " is longer than its frame");
                }
                digest[i] = dataBlocks;
                dataBlocks += (int) length[i];
            }
        }
        return dataBlocks;
    }

    /// How many extents.
    public int count() {
        return count;
    }

    /// First block of an extent.
    public long start(int extent) {
        return start[extent];
    }

    /// Blocks in an extent.
    public long length(int extent) {
        return length[extent];
    }

    /// The block after an extent.
    public long end(int extent) {
        return start[extent] + length[extent];
    }

    /// The slot that wrote an extent.
    public long slot(int extent) {
        return slot[extent];
    }

    /// Whether an extent holds zeros.
    public boolean isZero(int extent) {
        return frame[extent] < 0;
    }

    /// The extent's place in its frame, in blocks.
    public int blockInFrame(int extent) {
        return blockInFrame[extent];
    }

    /// The place of an extent's first digest in the page's digests, counted in digests.
    public int digest(int extent) {
        return digest[extent];
    }

    /// Number of an extent's frame within the page, -1 for zeros.
    int frame(int extent) {
        return frame[extent];
    }

    /// Object and attempt of an extent of data.
    public FrameSource source(int extent) {
        return sources[frameSource[frame[extent]]];
    }

    /// Where the frame of an extent of data begins in its object.
    public long frameOffset(int extent) {
        return frameOffset[frame[extent]];
    }

    /// Sealed bytes of the frame of an extent of data.
    public int frameLength(int extent) {
        return frameLength[frame[extent]];
    }

    /// Raw bytes of the frame of an extent of data.
    public int frameRaw(int extent) {
        return frameRaw[frame[extent]];
    }

    /// Counter of the frame of an extent of data.
    public int frameCounter(int extent) {
        return frameCounter[frame[extent]];
    }

    /// The frame of an extent of data.
    public FrameRef frameRef(int extent) {
        int f = frame[extent];
        return new FrameRef(sources[frameSource[f]], frameCounter[f], frameOffset[f], frameLength[f], frameRaw[f]);
    }

    /// The frame with the digests of all blocks of data, in the extents' order; none if all extents are zeros.
    public @Nullable FrameRef digests() {
        return digests;
    }

    /// The first extent that ends after a block, [#count] if there is none.
    int firstEndingAfter(long block) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle) > block) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// About what the page takes in memory, bytes.
    int weight() {
        return 200 + count * 33 + frameSource.length * 20 + sources.length * 80;
    }
}

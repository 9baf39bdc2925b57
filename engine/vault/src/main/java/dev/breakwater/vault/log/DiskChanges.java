package dev.breakwater.vault.log;

import dev.breakwater.framecodec.AttemptSalt;
import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.framecodec.SealedFrame;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskId;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.index.FrameSource;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.index.RunBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// What a generation changed on one disk, in the order of arrival and in columns of numbers; the data themselves
/// are
/// sealed and on their way. Small writes wait until they fill a frame together.
final class DiskChanges {

    /// A write of at least this size is a frame of its own: two of them would not share one anyway.
    private static final int OWN_FRAME_BYTES = Blocks.MAX_PIECE_BYTES / 2;

    private final DiskId disk;
    private final FrameSealer sealer;
    private final FrameOutput output;
    private final BlockDigester digester;
    private final ByteBuffer pending = ByteBuffer.allocate(Blocks.MAX_PIECE_BYTES);
    private int pendingFrame = -1;

    private int count;
    private boolean ascending = true;
    private long[] start = new long[64];
    private long[] length = new long[64];
    private int[] frame = new int[64];
    private byte[] blockInFrame = new byte[64];
    private int[] digestAt = new int[64];

    private int digestCount;
    private byte[] digests = new byte[64 * RunBuilder.DIGEST_BYTES];

    private int frames;
    private int[] frameObject = new int[16];
    private int[] frameOffset = new int[16];
    private int[] frameLength = new int[16];
    private int[] frameRaw = new int[16];
    private int[] frameCounter = new int[16];

    DiskChanges(DiskId disk, FrameSealer sealer, FrameOutput output, BlockDigester digester) {
        this.disk = disk;
        this.sealer = sealer;
        this.output = output;
        this.digester = digester;
    }

    DiskId disk() {
        return disk;
    }

    int count() {
        return count;
    }

    /// Takes whole blocks.
    void write(long block, ByteBuffer raw) throws IOException, InterruptedException {
        int blocks = raw.remaining() / Blocks.BLOCK_BYTES;
        if (raw.remaining() >= OWN_FRAME_BYTES) {
            ByteBuffer content = raw.hasArray() ? raw : digester.copy(raw);
            int at = digest(content, blocks);
            int number = newFrame();
            seal(number, content);
            raw.position(raw.limit());
            add(block, blocks, number, 0, at);
            return;
        }
        if (pending.remaining() < raw.remaining()) {
            flush();
        }
        if (pendingFrame < 0) {
            pendingFrame = newFrame();
        }
        int place = pending.position() / Blocks.BLOCK_BYTES;
        int from = pending.position();
        pending.put(raw);
        int at = digest(pending.duplicate().flip().position(from), blocks);
        add(block, blocks, pendingFrame, place, at);
    }

    /// Takes zeros.
    void zero(long block, long blocks) {
        add(block, blocks, -1, 0, 0);
    }

    /// Seals what waits.
    void flush() throws IOException, InterruptedException {
        if (pendingFrame >= 0) {
            seal(pendingFrame, pending.flip());
            pending.clear();
            pendingFrame = -1;
        }
    }

    private int digest(ByteBuffer content, int blocks) {
        int needed = (digestCount + blocks) * RunBuilder.DIGEST_BYTES;
        if (digests.length < needed) {
            digests = Arrays.copyOf(digests, Math.max(needed, digests.length * 2));
        }
        digester.digest(content, blocks, digests, digestCount * RunBuilder.DIGEST_BYTES);
        digestCount += blocks;
        return digestCount - blocks;
    }

    private int newFrame() {
        if (frames == frameObject.length) {
            frameObject = Arrays.copyOf(frameObject, frames * 2);
            frameOffset = Arrays.copyOf(frameOffset, frames * 2);
            frameLength = Arrays.copyOf(frameLength, frames * 2);
            frameRaw = Arrays.copyOf(frameRaw, frames * 2);
            frameCounter = Arrays.copyOf(frameCounter, frames * 2);
        }
        return frames++;
    }

    private void seal(int number, ByteBuffer content) throws IOException, InterruptedException {
        SealedFrame sealed = output.seal(sealer, content);
        frameObject[number] = output.lastObject();
        frameOffset[number] = output.lastOffset();
        frameLength[number] = sealed.frameLength();
        frameRaw[number] = sealed.rawLength();
        frameCounter[number] = sealed.counter();
    }

    private void add(long block, long blocks, int number, int place, int digest) {
        int last = count - 1;
        if (last >= 0) {
            long end = start[last] + length[last];
            if (block == end && frame[last] == number) {
                // Goes on where the last piece ended, on the disk and in the frame.
                length[last] += blocks;
                return;
            }
            ascending &= block >= end;
        }
        if (count == start.length) {
            start = Arrays.copyOf(start, count * 2);
            length = Arrays.copyOf(length, count * 2);
            frame = Arrays.copyOf(frame, count * 2);
            blockInFrame = Arrays.copyOf(blockInFrame, count * 2);
            digestAt = Arrays.copyOf(digestAt, count * 2);
        }
        start[count] = block;
        length[count] = blocks;
        frame[count] = number;
        blockInFrame[count] = (byte) place;
        digestAt[count++] = digest;
    }

    /// Writes the map of the changes.
    ///
    /// @return the map, if anything changed
    /// @param changed gets the number of blocks
    Optional<Run> index(long slot, FrameOutput pages, FrameSealer metadata, long[] changed)
            throws IOException, InterruptedException {
        RunBuilder builder = new RunBuilder(disk, slot, slot, raw -> pages.append(metadata, raw));
        FrameRef[] refs = frameRefs(sealer.attempt().salt());
        LatestWins order = new LatestWins(start, length, count, ascending);
        while (order.next()) {
            int piece = order.piece();
            long from = order.from();
            long blocks = order.to() - from;
            changed[0] += blocks;
            builder.group(from);
            if (frame[piece] < 0) {
                builder.zeros(blocks, slot, true);
            } else {
                int skip = (int) (from - start[piece]);
                builder.data(
                        (int) blocks,
                        slot,
                        true,
                        refs[frame[piece]],
                        blockInFrame[piece] + skip,
                        digests,
                        (digestAt[piece] + skip) * RunBuilder.DIGEST_BYTES);
            }
        }
        return builder.finish();
    }

    private FrameRef[] frameRefs(AttemptSalt salt) {
        FrameRef[] refs = new FrameRef[frames];
        FrameSource source = null;
        int sourceObject = -1;
        for (int i = 0; i < frames; i++) {
            if (source == null || sourceObject != frameObject[i]) {
                sourceObject = frameObject[i];
                source = new FrameSource(output.object(sourceObject), salt);
            }
            refs[i] = new FrameRef(source, frameCounter[i], output.offset(frameOffset[i]), frameLength[i], frameRaw[i]);
        }
        return refs;
    }
}

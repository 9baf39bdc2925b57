package dev.breakwater.vault.log;

import dev.breakwater.framecodec.AttemptSalt;
import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskId;
import dev.breakwater.platform.memory.IdlePool;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.index.FrameSource;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.index.RunBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a generation changed on one disk, in the order of arrival and in columns of numbers; the data themselves are
/// sealed and on their way. Small writes wait until they fill a frame together.
final class DiskChanges {

    /// Frames that small writes fill, one per disk with an open generation: 16 MiB.
    private static final IdlePool<ByteBuffer> PENDING =
            new IdlePool<>(64, () -> ByteBuffer.allocate(Blocks.MAX_PIECE_BYTES));

    private final DiskId disk;
    private final FrameSealer sealer;
    private final FramePress press;
    private final FrameOutput output;

    /// The frame that small writes fill.
    private @Nullable ByteBuffer pending;

    private int pendingNumber;

    private int count;
    private boolean ascending = true;
    private long[] start = new long[64];
    private long[] length = new long[64];
    private int[] frame = new int[64];
    private byte[] blockInFrame = new byte[64];

    /// Without one where a frame is still being filled.
    private final List<FramePress.@Nullable Frame> frames = new ArrayList<>();

    DiskChanges(DiskId disk, FrameSealer sealer, FramePress press, FrameOutput output) {
        this.disk = disk;
        this.sealer = sealer;
        this.press = press;
        this.output = output;
    }

    DiskId disk() {
        return disk;
    }

    int count() {
        return count;
    }

    /// Takes whole blocks, to be compressed.
    ///
    /// @param released run once when nobody looks at them any more, also after a failure
    void write(long block, ByteBuffer raw, Runnable released) throws IOException, InterruptedException {
        if (raw.remaining() >= Blocks.LARGE_PIECE_BYTES) {
            int number = ownFrame(block, raw.remaining());
            frames.set(number, press.compress(sealer, raw, released));
            return;
        }
        try {
            collect(block, raw.remaining() / Blocks.BLOCK_BYTES, raw);
        } finally {
            released.run();
        }
    }

    /// Takes a large piece as it came.
    ///
    /// @param rawLength bytes of the blocks
    /// @param stored the blocks, or, if it is shorter, an LZ4 block of them
    /// @param released run once when nobody looks at them any more, also after a failure
    void writeLarge(long block, int rawLength, ByteBuffer stored, Runnable released)
            throws IOException, InterruptedException {
        int number = ownFrame(block, rawLength);
        frames.set(number, press.keep(sealer, rawLength, stored, released));
    }

    private int ownFrame(long block, int rawLength) {
        int number = frames.size();
        frames.add(null);
        add(block, rawLength / Blocks.BLOCK_BYTES, number, 0);
        return number;
    }

    private void collect(long block, int blocks, ByteBuffer raw) throws IOException, InterruptedException {
        if (pending != null && pending.remaining() < raw.remaining()) {
            flush();
        }
        ByteBuffer filling = pending;
        if (filling == null) {
            filling = PENDING.take().clear();
            pending = filling;
            pendingNumber = frames.size();
            frames.add(null);
        }
        int place = filling.position() / Blocks.BLOCK_BYTES;
        filling.put(raw);
        add(block, blocks, pendingNumber, place);
    }

    /// Takes zeros.
    void zero(long block, long blocks) {
        add(block, blocks, -1, 0);
    }

    /// Seals what waits.
    void flush() throws IOException, InterruptedException {
        ByteBuffer waiting = pending;
        if (waiting != null) {
            pending = null;
            frames.set(pendingNumber, press.compress(sealer, waiting.flip(), () -> PENDING.giveBack(waiting)));
        }
    }

    private void add(long block, long blocks, int number, int place) {
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
        }
        start[count] = block;
        length[count] = blocks;
        frame[count] = number;
        blockInFrame[count++] = (byte) place;
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
                int place = blockInFrame[piece] + (int) (from - start[piece]);
                builder.data(
                        (int) blocks,
                        slot,
                        true,
                        refs[frame[piece]],
                        place,
                        sealed(frame[piece]).digests(),
                        place * RunBuilder.DIGEST_BYTES);
            }
        }
        return builder.finish();
    }

    private FrameRef[] frameRefs(AttemptSalt salt) {
        FrameRef[] refs = new FrameRef[frames.size()];
        FrameSource source = null;
        int sourceObject = -1;
        for (int i = 0; i < refs.length; i++) {
            FramePress.Frame sealed = sealed(i);
            Chunk chunk = sealed.chunk();
            if (source == null || sourceObject != chunk.object()) {
                sourceObject = chunk.object();
                source = new FrameSource(output.object(sourceObject), salt);
            }
            int offset = output.offset(chunk.base() + sealed.offset());
            refs[i] = new FrameRef(source, sealed.counter(), offset, sealed.length(), sealed.rawLength());
        }
        return refs;
    }

    private FramePress.Frame sealed(int number) {
        FramePress.Frame known = frames.get(number);
        if (known == null) {
            throw new IllegalStateException("frame " + number + " was not sealed");
        }
        return known;
    }
}

package dev.breakwater.vault.log;

import dev.breakwater.framecodec.FrameHeader;
import dev.breakwater.model.Blocks;
import dev.breakwater.platform.memory.IdlePool;
import java.nio.ByteBuffer;

/// Sealed frames one behind the other, a piece of a segment. Who seals fills a chunk of its own; where it lies in which
/// object is known once it was added to the [FrameOutput].
final class Chunk {

    /// Four incompressible frames of the largest piece fill a chunk exactly.
    static final int BYTES = 4 * (Blocks.MAX_PIECE_BYTES + FrameHeader.OVERHEAD_BYTES);

    /// Idle memory that is kept: 64 MiB, four segments, for all writers of the process together, so that it does not
    /// grow with the number of machines.
    private static final int MAX_IDLE = 64;

    private static final IdlePool<ByteBuffer> MEMORY = new IdlePool<>(MAX_IDLE, () -> ByteBuffer.allocate(BYTES));

    private final ByteBuffer bytes = MEMORY.take().clear();
    private int object = -1;
    private int base;

    /// The memory, filled up to its position.
    ByteBuffer bytes() {
        return bytes;
    }

    boolean hasRoomFor(int length) {
        return bytes.remaining() >= length;
    }

    /// Says where it lies.
    ///
    /// @param objectNumber number of the object among those of its output
    /// @param baseOffset where its first byte is among the frames of the object
    void placed(int objectNumber, int baseOffset) {
        object = objectNumber;
        base = baseOffset;
    }

    /// Number of the object, once placed.
    int object() {
        if (object < 0) {
            throw new IllegalStateException("the chunk has no place yet");
        }
        return object;
    }

    /// Where its first byte is among the frames of the object, once placed.
    int base() {
        return base;
    }

    /// Gives the memory back.
    void release() {
        MEMORY.giveBack(bytes);
    }
}

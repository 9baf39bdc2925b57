package dev.breakwater.vault.log;

import dev.breakwater.framecodec.FrameHeader;
import dev.breakwater.model.Blocks;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;

/// Memory for sealed frames on their way to the vault, used again. Safe for several threads.
final class ChunkPool {

    /// Four incompressible frames of the largest piece fill a chunk exactly.
    static final int CHUNK_BYTES = 4 * (Blocks.MAX_PIECE_BYTES + FrameHeader.OVERHEAD_BYTES);

    /// Idle chunks that are kept: 64 MiB, four segments.
    private static final int MAX_IDLE = 64;

    /// One pool for all writers of the process, so that idle memory does not grow with the number of machines.
    static final ChunkPool SHARED = new ChunkPool();

    private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>();

    synchronized ByteBuffer take() {
        ByteBuffer chunk = idle.poll();
        return chunk == null ? ByteBuffer.allocate(CHUNK_BYTES) : chunk.clear();
    }

    synchronized void giveBack(List<ByteBuffer> chunks) {
        for (ByteBuffer chunk : chunks) {
            if (idle.size() < MAX_IDLE) {
                idle.push(chunk);
            }
        }
    }
}

package dev.breakwater.mobility.capture;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskId;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Bounded memory for what is read while frozen: nothing waits for a network then.
final class FrozenRest implements BlockSink {

    private static final int CHUNK_BYTES = 4 << 20;

    /// It does not fit.
    static final class Full extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private record Piece(DiskId disk, long offset, long length, int chunk, long at) {}

    private static final int ZEROS = -1;

    private final long maxBytes;
    private final List<MemorySegment> chunks = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private int chunk;
    private long used;

    FrozenRest(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// Gets memory, so that none need be got while frozen, and empties it.
    ///
    /// @param expectedBytes what will probably come
    void prepare(long expectedBytes) {
        clear();
        while ((long) chunks.size() * CHUNK_BYTES < Math.min(maxBytes, expectedBytes)) {
            chunks.add(Arena.ofAuto().allocate(CHUNK_BYTES, Blocks.BLOCK_BYTES));
        }
    }

    void clear() {
        pieces.clear();
        chunk = 0;
        used = 0;
    }

    @Override
    public void data(DiskId disk, long offset, ByteBuffer content) throws IOException {
        int length = content.remaining();
        if (used + length > CHUNK_BYTES) {
            chunk++;
            used = 0;
        }
        if (chunk >= chunks.size()) {
            throw new Full();
        }
        chunks.get(chunk).asSlice(used, length).copyFrom(MemorySegment.ofBuffer(content));
        pieces.add(new Piece(disk, offset, length, chunk, used));
        used += length;
    }

    @Override
    public void zeros(DiskId disk, long offset, long length) {
        pieces.add(new Piece(disk, offset, length, ZEROS, 0));
    }

    /// Hands everything to another sink, in the order in which it came.
    void emit(BlockSink sink) throws IOException {
        for (Piece piece : pieces) {
            if (piece.chunk == ZEROS) {
                sink.zeros(piece.disk, piece.offset, piece.length);
            } else {
                sink.data(
                        piece.disk,
                        piece.offset,
                        chunks.get(piece.chunk).asSlice(piece.at, piece.length).asByteBuffer());
            }
        }
    }

    /// Makes everything dirty again that it holds, and empties it.
    void giveBack(List<CapturedDisk> disks) {
        for (Piece piece : pieces) {
            for (CapturedDisk disk : disks) {
                if (disk.disk().id().equals(piece.disk)) {
                    disk.map().mark(piece.offset, piece.length);
                }
            }
        }
        clear();
    }
}

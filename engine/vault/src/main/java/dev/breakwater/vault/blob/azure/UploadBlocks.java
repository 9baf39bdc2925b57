package dev.breakwater.vault.blob.azure;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Cuts an object's content into the pieces that one request each carries, without copying it.
final class UploadBlocks {

    private UploadBlocks() {}

    static List<List<ByteBuffer>> cut(List<ByteBuffer> content, int blockBytes) {
        List<List<ByteBuffer>> blocks = new ArrayList<>();
        List<ByteBuffer> block = new ArrayList<>();
        int room = blockBytes;
        for (ByteBuffer part : content) {
            ByteBuffer rest = part.asReadOnlyBuffer();
            while (rest.hasRemaining()) {
                int count = Math.min(room, rest.remaining());
                block.add(rest.slice(rest.position(), count));
                rest.position(rest.position() + count);
                room -= count;
                if (room == 0) {
                    blocks.add(block);
                    block = new ArrayList<>();
                    room = blockBytes;
                }
            }
        }
        if (!block.isEmpty()) {
            blocks.add(block);
        }
        return blocks;
    }
}

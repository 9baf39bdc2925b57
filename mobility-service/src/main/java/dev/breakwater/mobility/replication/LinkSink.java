package dev.breakwater.mobility.replication;

import dev.breakwater.mobility.capture.BlockSink;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskId;
import dev.breakwater.platform.lz4.Lz4Block;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sends blocks over a connection, large pieces compressed. What reaches beyond the end of a disk (capture fills the
/// last block up) is left out.
final class LinkSink implements BlockSink {

    private final LinkConnection connection;
    private final Progress progress;
    private final Map<DiskId, Integer> indexes = new HashMap<>();
    private final List<ProtectedDisk> disks;
    private final ByteBuffer block = ByteBuffer.allocateDirect(Lz4Block.bound(Blocks.MAX_PIECE_BYTES));

    LinkSink(LinkConnection connection, List<ProtectedDisk> disks, Progress progress) {
        this.connection = connection;
        this.disks = disks;
        this.progress = progress;
        for (int i = 0; i < disks.size(); i++) {
            indexes.put(disks.get(i).id(), i);
        }
    }

    @Override
    public boolean takesCompressed() {
        return true;
    }

    @Override
    public void data(DiskId disk, long offset, ByteBuffer content) throws IOException {
        // Large pieces out of the spool, or of what was read while file systems stood still.
        boolean large = content.remaining() >= Blocks.LARGE_PIECE_BYTES;
        if (large && Lz4Block.compress(content, block.clear()) > 0) {
            compressed(disk, offset, content, block.flip());
        } else {
            send(disk, offset, content.remaining(), content);
        }
    }

    @Override
    public void compressed(DiskId disk, long offset, ByteBuffer content, ByteBuffer stored) throws IOException {
        int rawLength = content.remaining();
        var index = indexes.get(disk);
        boolean cut = index != null && offset + rawLength > disks.get(index).sizeBytes();
        send(disk, offset, rawLength, cut ? content : stored);
    }

    private void send(DiskId disk, long offset, int rawLength, ByteBuffer stored) throws IOException {
        var index = indexes.get(disk);
        if (index == null) {
            // A spooled point of a disk that is not protected any more.
            return;
        }
        int inside = (int) Math.min(rawLength, disks.get(index).sizeBytes() - offset);
        int length = Math.min(stored.remaining(), inside);
        try {
            connection.data(index, offset, inside, stored.duplicate().limit(stored.position() + length));
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (IOException e) {
            throw new LinkException(e);
        }
        progress.sent(disk, inside);
    }

    @Override
    public void zeros(DiskId disk, long offset, long length) throws IOException {
        var index = indexes.get(disk);
        if (index == null) {
            return;
        }
        long inside = Math.min(length, disks.get(index).sizeBytes() - offset);
        try {
            connection.zeros(index, offset, inside);
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (IOException e) {
            throw new LinkException(e);
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("Sending was interrupted.");
    }
}

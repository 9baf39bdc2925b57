package dev.breakwater.mobility.capture;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.platform.lz4.Lz4Block;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a vault would hold: the content of disks, in files.
final class Replica implements BlockSink {

    private final Path folder;
    private final Map<DiskId, FileChannel> channels = new HashMap<>();
    private final ByteBuffer zeroBytes = ByteBuffer.allocateDirect(1 << 20);
    final List<ByteRange> zeros = new ArrayList<>();
    long dataBytes;
    /// How much of it came compressed.
    long compressedBytes;
    /// Fails once after that many bytes of data; for tests of what happens then.
    long failAfter = Long.MAX_VALUE;

    boolean failAtZeros;

    Replica(Path folder, List<ProtectedDisk> disks) throws IOException {
        this.folder = folder;
        for (ProtectedDisk disk : disks) {
            FileChannel channel = FileChannel.open(
                    file(disk.id()), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channels.put(disk.id(), channel);
        }
    }

    Path file(DiskId id) {
        return folder.resolve("replica-" + id);
    }

    @Override
    public void data(DiskId disk, long offset, ByteBuffer content) throws IOException {
        check(offset, content.remaining());
        if (content.remaining() > Blocks.MAX_PIECE_BYTES) {
            throw new IllegalArgumentException("too large a piece");
        }
        dataBytes += content.remaining();
        if (dataBytes > failAfter) {
            failAfter = Long.MAX_VALUE;
            throw new IOException("the sink fails as it was told to");
        }
        channels.get(disk).write(content, offset);
    }

    @Override
    public boolean takesCompressed() {
        return true;
    }

    @Override
    public void compressed(DiskId disk, long offset, ByteBuffer content, ByteBuffer block) throws IOException {
        if (block.remaining() == content.remaining()) {
            data(disk, offset, block);
            return;
        }
        ByteBuffer back = ByteBuffer.allocate(content.remaining());
        Lz4Block.decompress(block, content.remaining(), back);
        compressedBytes += content.remaining();
        data(disk, offset, back.flip());
    }

    @Override
    public void zeros(DiskId disk, long offset, long length) throws IOException {
        check(offset, length);
        if (failAtZeros) {
            throw new IOException("the sink fails as it was told to");
        }
        zeros.add(new ByteRange(offset, length));
        for (long done = 0; done < length; done += zeroBytes.capacity()) {
            zeroBytes.clear().limit((int) Math.min(zeroBytes.capacity(), length - done));
            channels.get(disk).write(zeroBytes, offset + done);
        }
    }

    private static void check(long offset, long length) {
        if (!Blocks.isAligned(offset) || !Blocks.isAligned(length) || length == 0) {
            throw new IllegalArgumentException("not whole blocks: " + offset + ", " + length);
        }
    }

    /// The blocks in which a disk and a copy of it differ.
    List<Long> differences(ProtectedDisk disk, Path copy) throws IOException {
        List<Long> result = new ArrayList<>();
        try (Arena arena = Arena.ofConfined();
                FileChannel other = FileChannel.open(copy, StandardOpenOption.READ)) {
            MemorySegment a = channels.get(disk.id()).map(MapMode.READ_WRITE, 0, disk.sizeBytes(), arena);
            MemorySegment b = other.map(MapMode.READ_ONLY, 0, disk.sizeBytes(), arena);
            long at = 0;
            while (at < disk.sizeBytes()) {
                long differs = MemorySegment.mismatch(a, at, disk.sizeBytes(), b, at, disk.sizeBytes());
                if (differs < 0) {
                    break;
                }
                long block = (at + differs) / Blocks.BLOCK_BYTES;
                result.add(block);
                at = Math.min(disk.sizeBytes(), (block + 1) * Blocks.BLOCK_BYTES);
            }
        }
        return result;
    }

    void close() throws IOException {
        for (FileChannel channel : channels.values()) {
            channel.close();
        }
        for (DiskId id : channels.keySet()) {
            Files.deleteIfExists(file(id));
        }
    }
}

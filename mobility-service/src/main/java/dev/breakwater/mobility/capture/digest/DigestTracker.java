package dev.breakwater.mobility.capture.digest;

import dev.breakwater.mobility.capture.dirty.ChangeTracker;
import dev.breakwater.mobility.capture.dirty.DirtyMap;
import dev.breakwater.model.Blocks;
import dev.breakwater.platform.linux.DiskReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Tracks one disk by digests: each scan reads all of it (about 1 s per GB) and marks the blocks whose digest
/// is not what it was. The digests lie in a file in memory, 4 MiB per GiB of disk, beside the dirty map.
public final class DigestTracker implements ChangeTracker {

    /// SHA-256 cut to 128 bits, as in the vault.
    private static final int DIGEST_BYTES = 16;

    private static final int CHUNK_BYTES = 1 << 20;

    private final DiskReader disk;
    private final DirtyMap map;
    private final LongSupplier nanos;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment digests;
    private long lastScanNanos;

    /// Opens the digests of a disk.
    ///
    /// @param file where the digests lie; kept as it was if it has the right size, so that a later run goes on
    public DigestTracker(DiskReader disk, DirtyMap map, Path file, LongSupplier nanos) throws IOException {
        this.disk = disk;
        this.map = map;
        this.nanos = nanos;
        long bytes = map.blocks() * DIGEST_BYTES;
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() != bytes) {
                channel.truncate(0);
            }
            this.digests = channel.map(MapMode.READ_WRITE, 0, bytes, arena);
        }
    }

    @Override
    public Optional<String> loss() {
        return Optional.empty();
    }

    @Override
    public void refresh() throws IOException {
        scan();
    }

    @Override
    public void barrier() throws IOException {
        scan();
    }

    /// How long the last scan took, nanoseconds; 0 if there was none.
    public long lastScanNanos() {
        return lastScanNanos;
    }

    /// Reads the disk and marks what changed since the scan before.
    ///
    /// @return number of blocks that changed
    /// @throws IOException if the disk cannot be read
    public long scan() throws IOException {
        return scan(true);
    }

    /// Reads the disk and takes it as it is: changes count from here.
    ///
    /// @throws IOException if the disk cannot be read
    public void baseline() throws IOException {
        scan(false);
    }

    private long scan(boolean mark) throws IOException {
        long started = nanos.getAsLong();
        long changed = 0;
        MessageDigest sha = sha256();
        byte[] digest = new byte[32];
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment chunk = scratch.allocate(CHUNK_BYTES, Blocks.BLOCK_BYTES);
            ByteBuffer bytes = chunk.asByteBuffer();
            for (long block = 0; block < map.blocks(); block += CHUNK_BYTES / Blocks.BLOCK_BYTES) {
                int blocks = (int) Math.min(CHUNK_BYTES / Blocks.BLOCK_BYTES, map.blocks() - block);
                disk.readBlocks(chunk.asSlice(0, (long) blocks * Blocks.BLOCK_BYTES), block * Blocks.BLOCK_BYTES);
                for (int i = 0; i < blocks; i++) {
                    bytes.limit((i + 1) * Blocks.BLOCK_BYTES).position(i * Blocks.BLOCK_BYTES);
                    sha.update(bytes);
                    digest(sha, digest);
                    changed += same(block + i, digest, mark) ? 0 : 1;
                }
            }
        }
        lastScanNanos = nanos.getAsLong() - started;
        return changed;
    }

    private boolean same(long block, byte[] digest, boolean mark) {
        MemorySegment known = digests.asSlice(block * DIGEST_BYTES, DIGEST_BYTES);
        MemorySegment found = MemorySegment.ofArray(digest).asSlice(0, DIGEST_BYTES);
        if (known.mismatch(found) < 0) {
            return true;
        }
        // Dirty first: if we are killed between the two, the block is found again.
        if (mark) {
            map.mark(block * Blocks.BLOCK_BYTES, Blocks.BLOCK_BYTES);
        }
        known.copyFrom(found);
        return false;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static void digest(MessageDigest sha, byte[] target) throws IOException {
        try {
            sha.digest(target, 0, target.length);
        } catch (java.security.DigestException e) {
            throw new IOException("SHA-256 failed", e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}

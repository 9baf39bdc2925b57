package dev.breakwater.mobility.capture.digest;

import dev.breakwater.mobility.capture.dirty.ChangeTracker;
import dev.breakwater.mobility.capture.dirty.DirtyMap;
import dev.breakwater.mobility.capture.trace.TracedDisk;
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
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Tracks one disk by digests: each scan reads all of it (about 1 s per GB) and marks the blocks whose digest
/// is not what it was. A disk whose kernel counts its writes is not read if nothing was written since the last scan
/// began. The digests lie in a file in memory, 4 MiB per GiB of disk, beside the dirty map.
public final class DigestTracker implements ChangeTracker {

    /// SHA-256 cut to 128 bits, as in the vault.
    private static final int DIGEST_BYTES = 16;

    private static final int CHUNK_BYTES = 1 << 20;

    private final DiskReader disk;
    private final DirtyMap map;
    private final LongSupplier nanos;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment digests;
    private final Optional<TracedDisk> counted;
    private final long maxFrozenNanos;
    private long lastScanNanos;
    /// Sectors that had been written when the last scan began; -1 before the first and where nobody counts.
    private long scannedAt = -1;

    /// Opens the digests of a disk.
    ///
    /// @param counted the device, if the kernel counts what is written to it; empty for an image file
    /// @param file where the digests lie; kept as it was if it has the right size, so that a later run goes on
    /// @param maxFrozen a scan that takes longer is not made while file systems stand still
    public DigestTracker(
            DiskReader disk,
            DirtyMap map,
            Optional<TracedDisk> counted,
            Path file,
            Duration maxFrozen,
            LongSupplier nanos)
            throws IOException {
        this.counted = counted.filter(TracedDisk::counted);
        this.maxFrozenNanos = maxFrozen.toNanos();
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
        if (changed()) {
            scan();
        }
    }

    /// Called while file systems stand still and [#quiet]: reads the disk only if something was written since the last
    /// scan began.
    ///
    /// @throws TooSlowException if reading it takes longer than file systems may stand still
    @Override
    public void barrier() throws IOException {
        if (!changed()) {
            return;
        }
        if (counted.isPresent() && lastScanNanos > maxFrozenNanos) {
            throw new TooSlowException(
                    "Disk " + counted.get().name() + " was written while it was compared, and comparing"
                            + " it again takes " + lastScanNanos / 1_000_000 + " ms, longer than the "
                            + maxFrozenNanos / 1_000_000
                            + " ms for which file systems may stand still for that.");
        }
        scan();
    }

    /// A disk cannot be compared while file systems stand still.
    public static final class TooSlowException extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlowException(String message) {
            super(message);
        }
    }

    /// Whether no write is under way, as far as the kernel tells.
    ///
    /// @throws IOException if the disk is gone
    public boolean quiet() throws IOException {
        return counted.isEmpty() || counted.get().quiet();
    }

    private boolean changed() throws IOException {
        return counted.isEmpty() || counted.get().sectorsChanged() != scannedAt;
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
        long written = counted.isPresent() ? counted.get().sectorsChanged() : -1;
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
        scannedAt = written;
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

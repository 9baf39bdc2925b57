package dev.breakwater.changelog;

import dev.breakwater.model.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/// Writes one log, front to back. Not for several threads.
///
/// The log counts only once [#finish] has returned: until then its header says that it was not closed, and
/// [HrlRecovery] can save what was written. A writer that is closed without being finished leaves the file like that.
public final class HrlWriter implements AutoCloseable {

    /// Creator as the header names it.
    public static final String CREATOR = "bkwt";

    /// What a block of entries takes at most, beside the data that it describes.
    public static final int BLOCK_BYTES = HrlFormat.METADATA_BYTES;

    private static final int CREATOR_VERSION = 0x0001_0000;

    /// A block is ended after this much data even if it has room for entries, so that a torn tail costs little.
    private static final long MAX_BLOCK_DATA_BYTES = 32L << 20;

    private final FileChannel file;
    private final InstantSource clock;
    private final HrlHeader begun;
    private final Optional<HrlOrigin> origin;
    private final ByteBuffer block =
            ByteBuffer.allocate(HrlFormat.METADATA_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final BlockDigest digest;

    private long at;
    private long lastBlockAt;
    private long blockDataAt;
    private int entries;
    private long totalEntries;
    private boolean finished;

    private HrlWriter(FileChannel file, HrlHeader begun, InstantSource clock) throws IOException {
        this.file = file;
        this.begun = begun;
        this.origin = begun.origin();
        this.clock = clock;
        this.digest = new BlockDigest(begun.uniqueId());
        writeFully(begun.encode(), 0);
        at = HrlFormat.HEADER_BYTES;
        blockDataAt = at;
        // As in the published example, the walk back ends in an empty block right after the header.
        endBlock();
    }

    /// Begins a log in a new file.
    ///
    /// @param path must not exist
    /// @param uniqueId identity of the log, random
    /// @param previousUniqueId identity of the log before, or [HrlOrigin#NONE]
    /// @param origin what the log says of itself; the generation may be told later by [#finish]
    /// @param clock for the entries' times
    /// @throws IOException if the file exists or cannot be written
    public static HrlWriter create(
            Path path, UUID uniqueId, UUID previousUniqueId, HrlOrigin origin, InstantSource clock) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return begin(file, uniqueId, previousUniqueId, origin, clock);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /// Begins a log in a file that the caller has opened, and perhaps preallocated: such a file keeps its size, and
    /// what lies behind the end of the log is of no account.
    ///
    /// @param file open for writing; closed by the writer
    /// @throws IOException if the file cannot be written
    public static HrlWriter begin(
            FileChannel file, UUID uniqueId, UUID previousUniqueId, HrlOrigin origin, InstantSource clock)
            throws IOException {
        var now = clock.instant();
        long size = file.size();
        var header = new HrlHeader(
                now,
                CREATOR,
                CREATOR_VERSION,
                size,
                size,
                0,
                0,
                HrlFormat.METADATA_BYTES,
                uniqueId,
                previousUniqueId,
                now,
                0,
                0,
                0,
                origin.incarnation(),
                Optional.of(origin));
        return new HrlWriter(file, header, clock);
    }

    /// Identity of the log.
    public UUID uniqueId() {
        return begun.uniqueId();
    }

    /// Bytes of the log so far, its last block included.
    public long bytes() {
        return at + (entries > 0 ? HrlFormat.METADATA_BYTES : 0);
    }

    /// Number of changes so far.
    public long changes() {
        return totalEntries;
    }

    /// Appends a write.
    ///
    /// @param offset where on the disk, a multiple of 512
    /// @param data remaining bytes, a multiple of 512; consumed
    /// @throws IOException if the file cannot be written; the log is then as good as not written
    public void write(long offset, ByteBuffer data) throws IOException {
        int length = data.remaining();
        var range = new ByteRange(offset, length);
        requireSectors(range);
        int checksum = ~HrlFormat.sum(data);
        digest.data(data.duplicate());
        long dataAt = at;
        writeFully(data, at);
        at += length;
        append(new HrlEntry(HrlEntry.Kind.WRITE, range, clock.instant(), checksum, dataAt));
    }

    /// Appends that a range now reads as zeros.
    ///
    /// @param range a multiple of 512 in both
    /// @throws IOException if the file cannot be written
    public void zero(ByteRange range) throws IOException {
        requireSectors(range);
        append(new HrlEntry(HrlEntry.Kind.ZERO, range, clock.instant(), 0, at));
    }

    /// Ends the log: writes what is left, says where it ends, and returns when all of it is durable.
    ///
    /// @param generation number of the change set that the log turned out to be
    /// @param point the recovery point that its end is, or [HrlOrigin#NONE]
    /// @throws IOException if that fails; the log then counts as not closed
    public void finish(long generation, UUID point) throws IOException {
        requireOpen();
        if (entries > 0) {
            endBlock();
        }
        if (begun.originalBytes() == 0) {
            file.truncate(at);
        }
        file.force(true);
        var known = origin.map(o -> new HrlOrigin(o.disk(), o.diskBytes(), o.incarnation(), generation, point));
        var header = begun.finished(file.size(), at, totalEntries, clock.instant(), known);
        writeFully(header.encode(), 0);
        file.force(true);
        finished = true;
    }

    @Override
    public void close() throws IOException {
        finished = true;
        file.close();
    }

    private void append(HrlEntry entry) throws IOException {
        requireOpen();
        entry.encode(block, HrlFormat.BLOCK_HEADER_BYTES + entries * HrlFormat.ENTRY_BYTES);
        entries++;
        totalEntries++;
        boolean full = entries == (HrlFormat.METADATA_BYTES - HrlFormat.BLOCK_HEADER_BYTES) / HrlFormat.ENTRY_BYTES;
        if (full || at - blockDataAt >= MAX_BLOCK_DATA_BYTES) {
            endBlock();
        }
    }

    private void endBlock() throws IOException {
        long previous = lastBlockAt == 0 ? 0 : at - lastBlockAt;
        block.putLong(HrlFormat.BLOCK_AT_PREVIOUS, previous);
        block.putInt(HrlFormat.BLOCK_AT_VALID, entries);
        block.put(HrlFormat.BLOCK_AT_DIGEST, digest.finish(at, block));
        block.putInt(
                HrlFormat.BLOCK_AT_CHECKSUM,
                HrlFormat.checksum(block, 0, HrlFormat.BLOCK_HEADER_BYTES, HrlFormat.BLOCK_AT_CHECKSUM));
        writeFully(block.duplicate().clear(), at);
        lastBlockAt = at;
        at += HrlFormat.METADATA_BYTES;
        blockDataAt = at;
        entries = 0;
        block.clear().put(new byte[HrlFormat.METADATA_BYTES]).clear();
    }

    private void requireOpen() {
        if (finished) {
            throw new IllegalStateException("the log is finished");
        }
    }

    private static void requireSectors(ByteRange range) {
        if (range.offset() % HrlFormat.SECTOR_BYTES != 0 || range.length() % HrlFormat.SECTOR_BYTES != 0) {
            throw new IllegalArgumentException("not whole sectors: " + range);
        }
    }

    private void writeFully(ByteBuffer bytes, long position) throws IOException {
        long next = position;
        while (bytes.hasRemaining()) {
            next += file.write(bytes, next);
        }
    }

    /// SHA-256, cut to 16 bytes, over: identity of the log, place of the block, the block with checksum and digest
    /// zero, and the data. Ours alone; told from absence by not being zero.
    static final class BlockDigest {
        private final MessageDigest sha = Hashing.sha256();
        private final UUID log;

        BlockDigest(UUID log) {
            this.log = log;
        }

        /// Adds data of the block, in the order of the file.
        void data(ByteBuffer data) {
            sha.update(data);
        }

        /// The digest; starts anew for the next block.
        byte[] finish(long blockAt, ByteBuffer block) {
            var bare =
                    ByteBuffer.allocate(block.capacity()).put(block.duplicate().clear());
            bare.putInt(HrlFormat.BLOCK_AT_CHECKSUM, 0);
            bare.putLong(HrlFormat.BLOCK_AT_DIGEST, 0).putLong(HrlFormat.BLOCK_AT_DIGEST + 8, 0);
            sha.update(bare.clear());
            sha.update(ByteBuffer.allocate(24)
                    .putLong(log.getMostSignificantBits())
                    .putLong(log.getLeastSignificantBits())
                    .putLong(blockAt)
                    .flip());
            return Arrays.copyOf(sha.digest(), HrlFormat.DIGEST_BYTES);
        }
    }
}

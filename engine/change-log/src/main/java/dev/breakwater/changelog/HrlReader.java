package dev.breakwater.changelog;

import dev.breakwater.model.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Consumer;

/// Reads a closed log, ours or another's. Nothing is handed out before its checksum, and its digest if it has one, were
/// proved. Not for several threads.
public final class HrlReader implements AutoCloseable {

    /// Data are handed out in pieces of at most this, the largest piece that travels.
    public static final int MAX_PIECE_BYTES = 256 * 1024;

    private final FileChannel file;
    private final Path path;
    private final HrlHeader header;
    private final long fileBytes;
    private final ByteBuffer piece = ByteBuffer.allocate(MAX_PIECE_BYTES);

    private HrlReader(Path path, FileChannel file) throws IOException {
        this.path = path;
        this.file = file;
        this.fileBytes = file.size();
        if (fileBytes < HrlFormat.HEADER_BYTES) {
            throw new HrlException(
                    HrlException.Kind.NOT_A_LOG,
                    path + " has " + fileBytes + " bytes, less than the header of a change log.");
        }
        var bytes = ByteBuffer.allocate(HrlFormat.HEADER_BYTES);
        readFully(bytes, 0);
        this.header = HrlHeader.decode(bytes.clear());
    }

    /// Opens a log and proves its header.
    ///
    /// @throws HrlException if it is no log, or its header is damaged
    /// @throws IOException if it cannot be read
    public static HrlReader open(Path path) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new HrlReader(path, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /// What the log says of itself.
    public HrlHeader header() {
        return header;
    }

    /// Names every entry, in order, without reading data.
    ///
    /// @throws HrlException if the log is not closed or its structure is damaged
    /// @throws IOException if it cannot be read
    public void entries(Consumer<HrlEntry> consumer) throws IOException {
        long[] blocks = blockPositions();
        for (long at : blocks) {
            blockAt(at).entries().forEach(consumer);
        }
    }

    /// Hands all changes over, in order, each block proved as a whole before its first change is handed out.
    ///
    /// @throws HrlException if the log is not closed or damaged; what was handed out before is good
    /// @throws IOException if it cannot be read, or the visitor fails
    public void replay(HrlVisitor visitor) throws IOException {
        for (long at : blockPositions()) {
            var block = blockAt(at);
            proveData(block);
            for (var entry : block.entries()) {
                if (entry.kind() == HrlEntry.Kind.ZERO) {
                    visitor.zero(entry.range());
                } else {
                    replayData(entry, visitor);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    long fileBytes() {
        return fileBytes;
    }

    /// Where the metadata blocks start, first to last: walks back from the end of the log, as the format says.
    long[] blockPositions() throws IOException {
        if (!header.closed()) {
            throw new HrlException(
                    HrlException.Kind.NOT_CLOSED,
                    path + " was not closed properly: its writer died, or is still at work. Recover it first.");
        }
        long end = header.endOfLog();
        if (end < HrlFormat.HEADER_BYTES || end > fileBytes) {
            throw damaged(end, "the log is said to end there, but the file has " + fileBytes + " bytes");
        }
        // Bounded by the file: blocks do not overlap, so there are at most so many.
        var stack = new long[64];
        int count = 0;
        long at = end - header.metadataBytes();
        while (true) {
            if (at < HrlFormat.HEADER_BYTES) {
                throw damaged(at, "the chain of metadata blocks leads out of the log");
            }
            if (count == stack.length) {
                stack = Arrays.copyOf(stack, count * 2);
            }
            stack[count++] = at;
            long distance = blockHeaderAt(at).getLong(HrlFormat.BLOCK_AT_PREVIOUS);
            if (distance == 0) {
                break;
            }
            if (distance < header.metadataBytes() || distance > at) {
                throw damaged(at, "a metadata block names an impossible distance to the one before: " + distance);
            }
            at -= distance;
        }
        var blocks = new long[count];
        for (int i = 0; i < count; i++) {
            blocks[i] = stack[count - 1 - i];
        }
        return blocks;
    }

    /// Reads a metadata block and proves its structure: checksums, and that its data fill the space before it.
    HrlBlock blockAt(long at) throws IOException {
        return parse(at, -1);
    }

    /// As [#blockAt], for a place where perhaps no block is.
    ///
    /// @param previousAt where the block before starts, or -1 to believe the block
    HrlBlock parse(long at, long previousAt) throws IOException {
        var bytes = blockBytes(at);
        requireBlockChecksum(bytes, at);
        int valid = bytes.getInt(HrlFormat.BLOCK_AT_VALID);
        if (valid < 0 || valid > (header.metadataBytes() - HrlFormat.BLOCK_HEADER_BYTES) / HrlFormat.ENTRY_BYTES) {
            throw damaged(at, "a metadata block names an impossible number of entries: " + valid);
        }
        long distance = bytes.getLong(HrlFormat.BLOCK_AT_PREVIOUS);
        if (previousAt >= 0 && distance != at - previousAt) {
            throw damaged(at, "a metadata block does not follow the one before");
        }
        long dataAt = distance == 0 ? HrlFormat.HEADER_BYTES : at - distance + header.metadataBytes();
        var entries = new ArrayList<HrlEntry>(valid);
        for (int i = 0; i < valid; i++) {
            int entryAt = HrlFormat.BLOCK_HEADER_BYTES + i * HrlFormat.ENTRY_BYTES;
            try {
                var entry = HrlEntry.decode(bytes, entryAt, dataAt);
                entries.add(entry);
                dataAt += entry.dataBytes();
            } catch (HrlException e) {
                throw new HrlException(e.kind(), path + " at byte " + (at + entryAt) + ": " + e.getMessage() + ".");
            }
            if (dataAt > at) {
                throw damaged(at, "the data of a metadata block's entries do not fit before it");
            }
        }
        if (dataAt != at) {
            throw damaged(at, "there is a gap of " + (at - dataAt) + " bytes between data and metadata block");
        }
        boolean strong = (bytes.getLong(HrlFormat.BLOCK_AT_DIGEST) | bytes.getLong(HrlFormat.BLOCK_AT_DIGEST + 8)) != 0;
        return new HrlBlock(at, distance, entries, strong);
    }

    /// Proves the data of a block: the checksum of each entry that has one, and the strong digest.
    void proveData(HrlBlock block) throws IOException {
        var digest = new HrlWriter.BlockDigest(header.uniqueId());
        for (var entry : block.entries()) {
            proveEntry(entry, digest);
        }
        if (block.strong()) {
            var bytes = blockBytes(block.at());
            byte[] stored = new byte[HrlFormat.DIGEST_BYTES];
            bytes.get(HrlFormat.BLOCK_AT_DIGEST, stored);
            if (!Arrays.equals(stored, digest.finish(block.at(), bytes))) {
                throw damaged(block.at(), "the strong digest of a block and its data does not hold");
            }
        }
    }

    HrlException damaged(long at, String what) {
        return new HrlException(HrlException.Kind.DAMAGED, path + " at byte " + at + ": " + what + ".");
    }

    /// Whether bytes at a place could be the header of a metadata block at that distance from the one before.
    boolean looksLikeBlock(ByteBuffer window, int windowAt, long distance) {
        return window.getLong(windowAt + HrlFormat.BLOCK_AT_PREVIOUS) == distance
                && window.getInt(windowAt + HrlFormat.BLOCK_AT_CHECKSUM)
                        == HrlFormat.checksum(
                                window, windowAt, HrlFormat.BLOCK_HEADER_BYTES, HrlFormat.BLOCK_AT_CHECKSUM);
    }

    /// Fills as much of the buffer as the file has, from a position.
    void readAvailable(ByteBuffer target, long position) throws IOException {
        long next = position;
        while (target.hasRemaining()) {
            int n = file.read(target, next);
            if (n < 0) {
                return;
            }
            next += n;
        }
    }

    private void proveEntry(HrlEntry entry, HrlWriter.BlockDigest digest) throws IOException {
        int sum = 0;
        long left = entry.dataBytes();
        long at = entry.dataAt();
        while (left > 0) {
            piece.clear().limit((int) Math.min(left, MAX_PIECE_BYTES));
            readFully(piece, at);
            piece.flip();
            at += piece.remaining();
            left -= piece.remaining();
            sum += HrlFormat.sum(piece);
            digest.data(piece);
        }
        if (entry.dataChecksum() != 0 && entry.kind() == HrlEntry.Kind.WRITE && entry.dataChecksum() != ~sum) {
            throw damaged(
                    entry.dataAt(),
                    "the data for disk offset " + entry.range().offset() + " have checksum "
                            + Integer.toUnsignedString(~sum) + " instead of "
                            + Integer.toUnsignedString(entry.dataChecksum()));
        }
    }

    private void replayData(HrlEntry entry, HrlVisitor visitor) throws IOException {
        ByteRange range = entry.range();
        long done = 0;
        while (done < range.length()) {
            piece.clear().limit((int) Math.min(range.length() - done, MAX_PIECE_BYTES));
            readFully(piece, entry.dataAt() + done);
            piece.flip();
            int length = piece.remaining();
            visitor.write(range.offset() + done, piece);
            done += length;
        }
    }

    private ByteBuffer blockHeaderAt(long at) throws IOException {
        var bytes = ByteBuffer.allocate(HrlFormat.BLOCK_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(bytes, at);
        requireBlockChecksum(bytes.clear(), at);
        return bytes;
    }

    private ByteBuffer blockBytes(long at) throws IOException {
        var bytes = ByteBuffer.allocate(header.metadataBytes()).order(ByteOrder.LITTLE_ENDIAN);
        readFully(bytes, at);
        return bytes.clear();
    }

    private void requireBlockChecksum(ByteBuffer bytes, long at) throws HrlException {
        int stored = bytes.getInt(HrlFormat.BLOCK_AT_CHECKSUM);
        int computed = HrlFormat.checksum(bytes, 0, HrlFormat.BLOCK_HEADER_BYTES, HrlFormat.BLOCK_AT_CHECKSUM);
        if (stored != computed) {
            throw damaged(
                    at,
                    "the checksum of a metadata block is " + Integer.toUnsignedString(stored) + ", but its bytes give "
                            + Integer.toUnsignedString(computed));
        }
    }

    private void readFully(ByteBuffer target, long position) throws IOException {
        readAvailable(target, position);
        if (target.hasRemaining()) {
            throw damaged(position, "the file ends in the middle of something");
        }
    }
}

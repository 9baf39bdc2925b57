package dev.breakwater.changelog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Saves a log whose writer died: finds the metadata blocks by scanning forward, proves them and their data, and closes
/// the log after the last sound one. A torn tail is dropped. Repeating it is harmless.
public final class HrlRecovery {

    /// Read at once while looking for the next block.
    private static final int WINDOW_BYTES = 1 << 20;

    /// No writer puts more than this before a metadata block; ours ends a block after 32 MiB. A bound for the scan.
    private static final long MAX_BLOCK_DISTANCE = 1L << 30;

    /// Places before one sound block that look like a block and are none. Data may hold a few by chance or as a copy of
    /// another log; more are made to keep us busy, as each costs a reading of all data before it.
    private static final int MAX_FALSE_BLOCKS = 64;

    /// What was done.
    ///
    /// @param wasClosed the log was whole already; nothing was done
    /// @param blocks sound metadata blocks
    /// @param entries changes in them
    /// @param droppedBytes bytes after the last sound block that were cut off
    public record Outcome(boolean wasClosed, long blocks, long entries, long droppedBytes) {}

    private HrlRecovery() {}

    /// Recovers a log in place.
    ///
    /// @param now for the header
    /// @throws HrlException if the file is no log, or not even its first block is sound
    /// @throws IOException if it cannot be read or written
    public static Outcome recover(Path path, Instant now) throws IOException {
        HrlHeader header;
        long end;
        long entries = 0;
        long blocks = 0;
        long fileBytes;
        try (var reader = HrlReader.open(path)) {
            header = reader.header();
            fileBytes = reader.fileBytes();
            if (header.closed()) {
                return new Outcome(true, reader.blockPositions().length, header.totalEntries(), 0);
            }
            long previousAt = -1;
            while (true) {
                var block = next(reader, previousAt);
                if (block == null) {
                    break;
                }
                previousAt = block.at();
                blocks++;
                entries += block.entries().size();
            }
            if (previousAt < 0) {
                throw new HrlException(
                        HrlException.Kind.DAMAGED, path + " holds not one sound metadata block: nothing to recover.");
            }
            end = previousAt + header.metadataBytes();
        }
        try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.truncate(end);
            file.force(true);
            var closed = header.finished(end, end, entries, now, header.origin());
            var bytes = closed.encode();
            while (bytes.hasRemaining()) {
                file.write(bytes, bytes.position());
            }
            file.force(true);
        }
        return new Outcome(false, blocks, entries, fileBytes - end);
    }

    /// The sound block that follows, data included, or null if there is none.
    @org.jspecify.annotations.Nullable
    private static HrlBlock next(HrlReader reader, long previousAt) throws IOException {
        int metadata = reader.header().metadataBytes();
        long from = previousAt < 0 ? HrlFormat.HEADER_BYTES : previousAt + metadata;
        long to = Math.min(reader.fileBytes() - metadata, from + MAX_BLOCK_DISTANCE);
        int falseBlocks = 0;
        var window = ByteBuffer.allocate(WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long windowAt = from; windowAt <= to; windowAt += WINDOW_BYTES) {
            reader.readAvailable(window.clear(), windowAt);
            int available = window.position();
            window.clear();
            int last = available - HrlFormat.BLOCK_HEADER_BYTES;
            for (int i = 0; i <= last && windowAt + i <= to; i += HrlFormat.METADATA_UNIT_BYTES) {
                long at = windowAt + i;
                long distance = previousAt < 0 ? 0 : at - previousAt;
                if (!reader.looksLikeBlock(window, i, distance)) {
                    continue;
                }
                var block = provenAt(reader, at, previousAt < 0 ? at : previousAt);
                if (block != null) {
                    return block;
                }
                if (++falseBlocks == MAX_FALSE_BLOCKS) {
                    return null;
                }
            }
        }
        return null;
    }

    /// The block at a place, or null if it is only data that look like one, or torn.
    private static @Nullable HrlBlock provenAt(HrlReader reader, long at, long previousAt) throws IOException {
        try {
            var block = reader.parse(at, previousAt);
            reader.proveData(block);
            return block;
        } catch (HrlException e) {
            return null;
        }
    }
}

package dev.breakwater.changelog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/// The first 4,096 bytes of a log.
///
/// @param created when the log was begun
/// @param creator four letters naming the program that wrote it
/// @param creatorVersion its version
/// @param originalBytes size of the file when it was created (preallocated)
/// @param currentBytes size of the file when the header was last written
/// @param endOfLog where the log ends; 0 while it is being written, and for ever if its writer died
/// @param errorCode 0, or what the writer met
/// @param metadataBytes size of every metadata block
/// @param uniqueId identity of the log
/// @param previousUniqueId identity of the log before, all zeros if there is none: the chain
/// @param modified when the header was last written
/// @param totalEntries number of entries in all metadata blocks
/// @param fileType 0
/// @param flags 0
/// @param dataWriteGuid changes when the disk is written while nobody tracks it; here the incarnation
/// @param origin what a log of ours says of itself
public record HrlHeader(
        Instant created,
        String creator,
        int creatorVersion,
        long originalBytes,
        long currentBytes,
        long endOfLog,
        int errorCode,
        int metadataBytes,
        UUID uniqueId,
        UUID previousUniqueId,
        Instant modified,
        long totalEntries,
        int fileType,
        int flags,
        UUID dataWriteGuid,
        Optional<HrlOrigin> origin) {

    /// Whether the log was closed properly.
    public boolean closed() {
        return endOfLog != 0;
    }

    /// The header of the same log once it is finished.
    HrlHeader finished(long endOfLogBytes, long fileBytes, long entries, Instant now, Optional<HrlOrigin> finalOrigin) {
        return new HrlHeader(
                created,
                creator,
                creatorVersion,
                originalBytes,
                fileBytes,
                endOfLogBytes,
                errorCode,
                metadataBytes,
                uniqueId,
                previousUniqueId,
                now,
                entries,
                fileType,
                flags,
                dataWriteGuid,
                finalOrigin);
    }

    ByteBuffer encode() {
        var b = ByteBuffer.allocate(HrlFormat.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        b.put(HrlFormat.AT_COOKIE, HrlFormat.COOKIE);
        b.putInt(HrlFormat.AT_VERSION, HrlFormat.VERSION);
        b.putInt(HrlFormat.AT_TIMESTAMP, HrlFormat.seconds(created));
        byte[] name = Arrays.copyOf(creator.getBytes(StandardCharsets.US_ASCII), 4);
        b.put(HrlFormat.AT_CREATOR, name);
        b.putInt(HrlFormat.AT_CREATOR_VERSION, creatorVersion);
        b.putLong(HrlFormat.AT_ORIGINAL_SIZE, originalBytes);
        b.putLong(HrlFormat.AT_CURRENT_SIZE, currentBytes);
        b.putLong(HrlFormat.AT_END_OF_LOG, endOfLog);
        b.putInt(HrlFormat.AT_ERROR_CODE, errorCode);
        b.putInt(HrlFormat.AT_METADATA_SIZE, metadataBytes);
        HrlFormat.putGuid(b, HrlFormat.AT_UNIQUE_ID, uniqueId);
        HrlFormat.putGuid(b, HrlFormat.AT_PREVIOUS_UNIQUE_ID, previousUniqueId);
        b.putInt(HrlFormat.AT_MODIFIED, HrlFormat.seconds(modified));
        b.putLong(HrlFormat.AT_TOTAL_ENTRIES, totalEntries);
        b.putInt(HrlFormat.AT_FILE_TYPE, fileType);
        b.putShort(HrlFormat.AT_FLAGS, (short) flags);
        HrlFormat.putGuid(b, HrlFormat.AT_DATA_WRITE_GUID, dataWriteGuid);
        origin.ifPresent(known -> {
            int at = HrlFormat.AT_EXTENSION;
            b.putInt(at, HrlFormat.EXTENSION_MAGIC);
            HrlFormat.putGuid(b, at + 4, known.disk());
            b.putLong(at + 20, known.diskBytes());
            HrlFormat.putGuid(b, at + 28, known.incarnation());
            b.putLong(at + 44, known.generation());
            HrlFormat.putGuid(b, at + 52, known.point());
        });
        b.putInt(HrlFormat.AT_CHECKSUM, HrlFormat.checksum(b, 0, HrlFormat.HEADER_BYTES, HrlFormat.AT_CHECKSUM));
        return b;
    }

    /// Reads and proves a header.
    ///
    /// @param source 4,096 bytes from position 0
    /// @throws HrlException if it is no header, of another version, or damaged
    static HrlHeader decode(ByteBuffer source) throws HrlException {
        var b = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        byte[] cookie = new byte[7];
        b.get(HrlFormat.AT_COOKIE, cookie);
        if (!Arrays.equals(cookie, Arrays.copyOf(HrlFormat.COOKIE, 7))) {
            throw new HrlException(
                    HrlException.Kind.NOT_A_LOG, "The file does not start with \"msctlog\": it is no change log.");
        }
        int version = b.getInt(HrlFormat.AT_VERSION);
        if (version != HrlFormat.VERSION) {
            throw new HrlException(
                    HrlException.Kind.UNKNOWN_VERSION,
                    "The log has format version 0x%08x; only 0x%08x is known.".formatted(version, HrlFormat.VERSION));
        }
        int stored = b.getInt(HrlFormat.AT_CHECKSUM);
        int computed = HrlFormat.checksum(b, 0, HrlFormat.HEADER_BYTES, HrlFormat.AT_CHECKSUM);
        if (stored != computed) {
            throw new HrlException(
                    HrlException.Kind.DAMAGED,
                    "The header's checksum is %s, but its bytes give %s."
                            .formatted(Integer.toUnsignedString(stored), Integer.toUnsignedString(computed)));
        }
        int metadata = b.getInt(HrlFormat.AT_METADATA_SIZE);
        if (metadata < HrlFormat.METADATA_UNIT_BYTES
                || metadata > HrlFormat.MAX_METADATA_BYTES
                || metadata % HrlFormat.METADATA_UNIT_BYTES != 0) {
            throw new HrlException(
                    HrlException.Kind.DAMAGED, "The header names an impossible metadata size: " + metadata + " bytes.");
        }
        byte[] creator = new byte[4];
        b.get(HrlFormat.AT_CREATOR, creator);
        return new HrlHeader(
                HrlFormat.instant(b.getInt(HrlFormat.AT_TIMESTAMP)),
                new String(creator, StandardCharsets.US_ASCII)
                        .replaceAll("[^\\x20-\\x7e]", "")
                        .stripTrailing(),
                b.getInt(HrlFormat.AT_CREATOR_VERSION),
                b.getLong(HrlFormat.AT_ORIGINAL_SIZE),
                b.getLong(HrlFormat.AT_CURRENT_SIZE),
                b.getLong(HrlFormat.AT_END_OF_LOG),
                b.getInt(HrlFormat.AT_ERROR_CODE),
                metadata,
                HrlFormat.guid(b, HrlFormat.AT_UNIQUE_ID),
                HrlFormat.guid(b, HrlFormat.AT_PREVIOUS_UNIQUE_ID),
                HrlFormat.instant(b.getInt(HrlFormat.AT_MODIFIED)),
                b.getLong(HrlFormat.AT_TOTAL_ENTRIES),
                b.getInt(HrlFormat.AT_FILE_TYPE),
                Short.toUnsignedInt(b.getShort(HrlFormat.AT_FLAGS)),
                HrlFormat.guid(b, HrlFormat.AT_DATA_WRITE_GUID),
                decodeOrigin(b));
    }

    private static Optional<HrlOrigin> decodeOrigin(ByteBuffer b) throws HrlException {
        int at = HrlFormat.AT_EXTENSION;
        if (b.getInt(at) != HrlFormat.EXTENSION_MAGIC) {
            return Optional.empty();
        }
        long diskBytes = b.getLong(at + 20);
        long generation = b.getLong(at + 44);
        if (diskBytes <= 0 || generation < 0) {
            throw new HrlException(
                    HrlException.Kind.DAMAGED, "The header names an impossible disk size or generation number.");
        }
        return Optional.of(new HrlOrigin(
                HrlFormat.guid(b, at + 4),
                diskBytes,
                HrlFormat.guid(b, at + 28),
                generation,
                HrlFormat.guid(b, at + 52)));
    }
}

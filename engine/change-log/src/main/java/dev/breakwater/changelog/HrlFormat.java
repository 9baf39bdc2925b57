package dev.breakwater.changelog;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/// Offsets, sizes and checksums of the format. Integers are little-endian, structures are packed. See `FORMAT.md`.
final class HrlFormat {

    /// First eight bytes: seven letters and a blank.
    static final byte[] COOKIE = {'m', 's', 'c', 't', 'l', 'o', 'g', ' '};

    /// Version 2.0.
    static final int VERSION = 0x0002_0000;

    /// Bytes of the file's header.
    static final int HEADER_BYTES = 4096;

    static final int AT_COOKIE = 0;
    static final int AT_VERSION = 8;
    static final int AT_TIMESTAMP = 12;
    static final int AT_CREATOR = 16;
    static final int AT_CREATOR_VERSION = 20;
    static final int AT_ORIGINAL_SIZE = 24;
    static final int AT_CURRENT_SIZE = 32;
    static final int AT_CHECKSUM = 40;
    static final int AT_END_OF_LOG = 44;
    static final int AT_ERROR_CODE = 52;
    static final int AT_METADATA_SIZE = 56;
    static final int AT_UNIQUE_ID = 60;
    static final int AT_PREVIOUS_UNIQUE_ID = 76;
    static final int AT_MODIFIED = 92;
    static final int AT_TOTAL_ENTRIES = 96;
    static final int AT_FILE_TYPE = 104;
    static final int AT_FLAGS = 108;
    static final int AT_DATA_WRITE_GUID = 110;

    /// Our extension lies in the header's reserved bytes; all zero means that there is none.
    static final int AT_EXTENSION = 126;

    /// "BWX1", read as a little-endian integer.
    static final int EXTENSION_MAGIC = 0x3158_5742;

    /// Bytes of a metadata block that we write; the format's default.
    static final int METADATA_BYTES = 4096;

    /// A metadata block is a multiple of this.
    static final int METADATA_UNIT_BYTES = 512;

    /// The largest metadata block that we read: far more than anybody writes, and a bound for hostile files.
    static final int MAX_METADATA_BYTES = 1024 * 1024;

    /// Bytes of the header of a metadata block, and of an entry.
    static final int BLOCK_HEADER_BYTES = 32;

    static final int ENTRY_BYTES = 32;

    static final int BLOCK_AT_PREVIOUS = 0;
    static final int BLOCK_AT_VALID = 8;
    static final int BLOCK_AT_CHECKSUM = 12;

    /// Reserved in the format: we keep a strong digest of the block and its data there, zero elsewhere.
    static final int BLOCK_AT_DIGEST = 16;

    static final int DIGEST_BYTES = 16;

    static final int ENTRY_AT_OFFSET = 0;
    static final int ENTRY_AT_CHECKSUM = 8;
    static final int ENTRY_AT_LENGTH = 12;
    static final int ENTRY_AT_TIMESTAMP = 16;
    static final int ENTRY_AT_OPERATION = 20;
    static final int ENTRY_AT_DATA_CHECKSUM = 21;
    static final int ENTRY_AT_LOCATION = 25;

    /// Reserved in the format: for our zeroing entries the number of 512-byte sectors, 48 bits.
    static final int ENTRY_AT_SECTORS = 26;

    /// The format's one operation: a write.
    static final int OPERATION_WRITE = 1;

    /// Our own: the range reads as zeros from here on (discarded or zeroed); no data follow.
    static final int OPERATION_ZERO = 0x80;

    static final int SECTOR_BYTES = 512;

    private static final long EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private HrlFormat() {}

    /// The sum of the remaining bytes, each taken as 0 to 255.
    static int sum(ByteBuffer bytes) {
        int sum = 0;
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            sum += bytes.get(i) & 0xff;
        }
        return sum;
    }

    /// The checksum of a structure: ones' complement of the sum of its bytes, its own four left out.
    static int checksum(ByteBuffer bytes, int at, int length, int checksumAt) {
        int skipped = sum(bytes.duplicate().position(at + checksumAt).limit(at + checksumAt + 4));
        return ~(sum(bytes.duplicate().position(at).limit(at + length)) - skipped);
    }

    /// Seconds since 2000 as the format counts them.
    static int seconds(Instant time) {
        return (int) (time.getEpochSecond() - EPOCH_SECONDS);
    }

    static Instant instant(int seconds) {
        return Instant.ofEpochSecond(EPOCH_SECONDS + Integer.toUnsignedLong(seconds));
    }

    /// A GUID as Windows stores it: the first three fields little-endian, the last eight bytes as they are.
    static void putGuid(ByteBuffer target, int at, UUID id) {
        long high = id.getMostSignificantBits();
        target.putInt(at, (int) (high >>> 32));
        target.putShort(at + 4, (short) (high >>> 16));
        target.putShort(at + 6, (short) high);
        target.putLong(at + 8, Long.reverseBytes(id.getLeastSignificantBits()));
    }

    static UUID guid(ByteBuffer source, int at) {
        long high = Integer.toUnsignedLong(source.getInt(at)) << 32
                | Short.toUnsignedLong(source.getShort(at + 4)) << 16
                | Short.toUnsignedLong(source.getShort(at + 6));
        return new UUID(high, Long.reverseBytes(source.getLong(at + 8)));
    }
}

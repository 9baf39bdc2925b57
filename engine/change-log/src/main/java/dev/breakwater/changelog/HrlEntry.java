package dev.breakwater.changelog;

import dev.breakwater.model.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/// One change of the disk, as a metadata block describes it.
///
/// @param kind what happened
/// @param range where on the disk
/// @param time the writer's clock, for people
/// @param dataChecksum checksum of the data, 0 if none was kept
/// @param dataAt where in the file the data lie; for zeros the place where they would
public record HrlEntry(Kind kind, ByteRange range, Instant time, int dataChecksum, long dataAt) {

    /// What an entry does to its range.
    public enum Kind {
        /// The data of the entry were written.
        WRITE,
        /// The range reads as zeros: discarded, or overwritten with zeros. An extension of ours.
        ZERO
    }

    /// Bytes of data in the file.
    public long dataBytes() {
        return kind == Kind.WRITE ? range.length() : 0;
    }

    void encode(ByteBuffer block, int at) {
        block.putLong(at + HrlFormat.ENTRY_AT_OFFSET, range.offset());
        block.putInt(at + HrlFormat.ENTRY_AT_LENGTH, (int) dataBytes());
        block.putInt(at + HrlFormat.ENTRY_AT_TIMESTAMP, HrlFormat.seconds(time));
        int operation = kind == Kind.WRITE ? HrlFormat.OPERATION_WRITE : HrlFormat.OPERATION_ZERO;
        block.put(at + HrlFormat.ENTRY_AT_OPERATION, (byte) operation);
        block.putInt(at + HrlFormat.ENTRY_AT_DATA_CHECKSUM, dataChecksum);
        block.put(at + HrlFormat.ENTRY_AT_LOCATION, (byte) 0);
        long sectors = kind == Kind.ZERO ? range.length() / HrlFormat.SECTOR_BYTES : 0;
        block.putInt(at + HrlFormat.ENTRY_AT_SECTORS, (int) sectors);
        block.putShort(at + HrlFormat.ENTRY_AT_SECTORS + 4, (short) (sectors >>> 32));
        block.putInt(
                at + HrlFormat.ENTRY_AT_CHECKSUM,
                HrlFormat.checksum(block, at, HrlFormat.ENTRY_BYTES, HrlFormat.ENTRY_AT_CHECKSUM));
    }

    static HrlEntry decode(ByteBuffer block, int at, long dataAt) throws HrlException {
        var b = block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int stored = b.getInt(at + HrlFormat.ENTRY_AT_CHECKSUM);
        int computed = HrlFormat.checksum(b, at, HrlFormat.ENTRY_BYTES, HrlFormat.ENTRY_AT_CHECKSUM);
        if (stored != computed) {
            throw new HrlException(
                    HrlException.Kind.DAMAGED,
                    "an entry's checksum is %s, but its bytes give %s"
                            .formatted(Integer.toUnsignedString(stored), Integer.toUnsignedString(computed)));
        }
        int operation = Byte.toUnsignedInt(b.get(at + HrlFormat.ENTRY_AT_OPERATION));
        int location = b.get(at + HrlFormat.ENTRY_AT_LOCATION);
        if (location != 0 || (operation != HrlFormat.OPERATION_WRITE && operation != HrlFormat.OPERATION_ZERO)) {
            throw new HrlException(
                    HrlException.Kind.UNKNOWN_ENTRY,
                    "an entry has operation " + operation + " and location " + location + ", which are not known");
        }
        boolean zero = operation == HrlFormat.OPERATION_ZERO;
        long dataBytes = Integer.toUnsignedLong(b.getInt(at + HrlFormat.ENTRY_AT_LENGTH));
        long sectors = Integer.toUnsignedLong(b.getInt(at + HrlFormat.ENTRY_AT_SECTORS))
                | Short.toUnsignedLong(b.getShort(at + HrlFormat.ENTRY_AT_SECTORS + 4)) << 32;
        long length = zero ? sectors * HrlFormat.SECTOR_BYTES : dataBytes;
        long offset = b.getLong(at + HrlFormat.ENTRY_AT_OFFSET);
        if (length < 1 || offset < 0 || offset > Long.MAX_VALUE - length || (zero && dataBytes != 0)) {
            throw new HrlException(
                    HrlException.Kind.DAMAGED,
                    "an entry names an impossible range: offset " + offset + ", length " + length);
        }
        return new HrlEntry(
                zero ? Kind.ZERO : Kind.WRITE,
                new ByteRange(offset, length),
                HrlFormat.instant(b.getInt(at + HrlFormat.ENTRY_AT_TIMESTAMP)),
                b.getInt(at + HrlFormat.ENTRY_AT_DATA_CHECKSUM),
                dataAt);
    }
}

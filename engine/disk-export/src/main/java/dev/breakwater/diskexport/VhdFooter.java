package dev.breakwater.diskexport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// The footer of a fixed VHD: 512 bytes behind the disk's bytes, big-endian, as Microsoft's "Virtual Hard Disk Image
/// Format Specification" 1.0 lays them out.
public final class VhdFooter {

    /// Bytes of the footer.
    public static final int BYTES = 512;

    /// Azure takes sizes of whole MiB only.
    public static final long SIZE_UNIT = 1 << 20;

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int CHECKSUM_OFFSET = 64;
    private static final int FEATURES_RESERVED = 2;
    private static final int FORMAT_VERSION = 0x0001_0000;
    private static final int FIXED = 2;

    /// Readers take the exact size from images of this creator; for unknown ones some take the size that follows
    /// from the geometry, which is rounded.
    private static final String CREATOR = "win ";

    private static final int CREATOR_VERSION = 0x000a_0000;
    private static final String CREATOR_HOST = "Wi2k";

    private VhdFooter() {}

    /// The size of the disk in a VHD that takes a disk of so many bytes.
    public static long roundedSize(long sizeBytes) {
        return Math.ceilDiv(sizeBytes, SIZE_UNIT) * SIZE_UNIT;
    }

    /// Makes a footer.
    ///
    /// @param sizeBytes size of the disk, whole MiB
    /// @param id identity of the image
    /// @param created when the image was made
    /// @throws IllegalArgumentException if the size is no whole number of MiB
    public static ByteBuffer of(long sizeBytes, UUID id, Instant created) {
        if (sizeBytes <= 0 || sizeBytes % SIZE_UNIT != 0) {
            throw new IllegalArgumentException("a VHD for Azure has whole MiB, not " + sizeBytes + " bytes");
        }
        ByteBuffer footer = ByteBuffer.allocate(BYTES);
        footer.put("conectix".getBytes(StandardCharsets.US_ASCII))
                .putInt(FEATURES_RESERVED)
                .putInt(FORMAT_VERSION)
                .putLong(-1L)
                .putInt((int) (created.getEpochSecond() - EPOCH.getEpochSecond()))
                .put(CREATOR.getBytes(StandardCharsets.US_ASCII))
                .putInt(CREATOR_VERSION)
                .put(CREATOR_HOST.getBytes(StandardCharsets.US_ASCII))
                .putLong(sizeBytes)
                .putLong(sizeBytes)
                .putInt(geometry(sizeBytes / 512))
                .putInt(FIXED)
                .putInt(0)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        int sum = 0;
        for (int i = 0; i < BYTES; i++) {
            sum += footer.get(i) & 0xff;
        }
        return footer.putInt(CHECKSUM_OFFSET, ~sum).rewind();
    }

    /// Cylinders (16 bits), heads (8) and sectors per track (8), by the specification's appendix.
    private static int geometry(long sectors) {
        long total = Math.min(sectors, 65535L * 16 * 255);
        long perTrack;
        long heads;
        long tracks;
        if (total >= 65535L * 16 * 63) {
            perTrack = 255;
            heads = 16;
            tracks = total / perTrack;
        } else {
            perTrack = 17;
            tracks = total / perTrack;
            heads = Math.max(4, (tracks + 1023) / 1024);
            if (tracks >= heads * 1024 || heads > 16) {
                perTrack = 31;
                heads = 16;
                tracks = total / perTrack;
            }
            if (tracks >= heads * 1024) {
                perTrack = 63;
                heads = 16;
                tracks = total / perTrack;
            }
        }
        return (int) ((tracks / heads) << 16 | heads << 8 | perTrack);
    }
}

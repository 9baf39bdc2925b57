package dev.breakwater.framecodec;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// The 128 random bits that tell one write attempt from all others.
///
/// @param high the first eight bytes, big-endian
/// @param low the last eight bytes, big-endian
public record AttemptSalt(long high, long low) {

    /// Bytes of a salt.
    public static final int BYTES = 16;

    /// Takes 16 bytes from a big-endian buffer.
    public static AttemptSalt read(ByteBuffer source) {
        return new AttemptSalt(source.getLong(), source.getLong());
    }

    /// Puts 16 bytes into a big-endian buffer.
    public void write(ByteBuffer target) {
        target.putLong(high).putLong(low);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}

package dev.breakwater.vault.object;

import dev.breakwater.vault.index.IndexFormatException;
import dev.breakwater.vault.index.VarReader;
import dev.breakwater.vault.index.VarWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of a document's sealed bytes: a link of the chain.
///
/// @param a bytes 0 to 7
/// @param b bytes 8 to 15
/// @param c bytes 16 to 23
/// @param d bytes 24 to 31
public record DocumentHash(long a, long b, long c, long d) {

    /// What stands before the first slot.
    public static final DocumentHash NONE = new DocumentHash(0, 0, 0, 0);

    static DocumentHash of(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.duplicate());
            return read(ByteBuffer.wrap(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static DocumentHash read(ByteBuffer source) {
        return new DocumentHash(source.getLong(), source.getLong(), source.getLong(), source.getLong());
    }

    static DocumentHash read(VarReader source) throws IndexFormatException {
        return new DocumentHash(source.u64(), source.u64(), source.u64(), source.u64());
    }

    void write(ByteBuffer target) {
        target.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    void write(VarWriter target) {
        target.u64(a).u64(b).u64(c).u64(d);
    }

    /// The first eight bytes: enough for messages.
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(a);
    }
}

package dev.breakwater.model;

import java.security.MessageDigest;
import java.util.Arrays;

/// The secret with which the blocks of one machine are digested: 256 bits. Known to the vault's key holders and to the
/// machine. Never shown.
public final class DigestKey {

    /// Bytes of a key.
    public static final int BYTES = 32;

    private final byte[] key;

    private DigestKey(byte[] key) {
        this.key = key;
    }

    /// A key from its bytes, which are copied.
    ///
    /// @throws IllegalArgumentException if there are not 32 of them
    public static DigestKey of(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("A digest key has 32 bytes, not " + key.length + ".");
        }
        return new DigestKey(key.clone());
    }

    /// A copy of the secret bytes.
    public byte[] toBytes() {
        return key.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DigestKey that && MessageDigest.isEqual(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "DigestKey(secret)";
    }
}

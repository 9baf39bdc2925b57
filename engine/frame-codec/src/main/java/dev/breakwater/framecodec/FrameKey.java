package dev.breakwater.framecodec;

import java.security.MessageDigest;
import java.util.Arrays;

/// The secret of one owner of frames: 256 bits, from which the key of each write attempt is derived. Never shown.
public final class FrameKey {

    /// Bytes of a key.
    public static final int KEY_BYTES = 32;

    private final byte[] key;

    private FrameKey(byte[] key) {
        this.key = key;
    }

    /// A key from its bytes, which are copied.
    ///
    /// @throws IllegalArgumentException if there are not 32 of them
    public static FrameKey of(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A frame key has 32 bytes, not " + key.length + ".");
        }
        return new FrameKey(key.clone());
    }

    /// A copy of the secret bytes, for whoever wraps the key or hands it to another process. Clear it after use.
    public byte[] toBytes() {
        return key.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrameKey that && MessageDigest.isEqual(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "FrameKey(secret)";
    }
}

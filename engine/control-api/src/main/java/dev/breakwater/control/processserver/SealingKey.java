package dev.breakwater.control.processserver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/// A 256-bit key on its way to a process server: base 64 in JSON, never in a log.
public final class SealingKey {

    private static final int BYTES = 32;

    private final byte[] key;

    private SealingKey(byte[] key) {
        this.key = key;
    }

    /// The key of these 32 bytes.
    public static SealingKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A key has 32 bytes, not " + bytes.length + ".");
        }
        return new SealingKey(bytes.clone());
    }

    /// Reads base 64.
    @JsonCreator
    static SealingKey parse(String text) {
        return of(Base64.getDecoder().decode(text));
    }

    /// The bytes, a copy.
    public byte[] bytes() {
        return key.clone();
    }

    /// Base 64.
    @JsonValue
    String text() {
        return Base64.getEncoder().encodeToString(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealingKey that && MessageDigest.isEqual(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return "SealingKey[not shown]";
    }
}

package dev.breakwater.control.processserver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.breakwater.model.KeyEpochs;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/// A key on its way to a process server, 256 bits for each epoch of the vault's keys, the oldest first: base 64 in
/// JSON, never in a log.
public final class SealingKey {

    private static final int BYTES = 32;

    private final byte[] key;

    private SealingKey(byte[] key) {
        this.key = key;
    }

    /// The key of these bytes, 32 for each epoch.
    public static SealingKey of(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % BYTES != 0 || bytes.length > KeyEpochs.MAX * BYTES) {
            throw new IllegalArgumentException(
                    "A key has 32 bytes for each of 1 to " + KeyEpochs.MAX + " epochs, not " + bytes.length + ".");
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

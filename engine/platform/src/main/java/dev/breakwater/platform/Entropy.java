package dev.breakwater.platform;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/// Where random bytes come from. Keys, salts and identities ask here, so that a simulation can repeat a run.
@FunctionalInterface
public interface Entropy {

    /// Fills the array with random bytes. Safe for several threads.
    void fill(byte[] target);

    /// A new array of random bytes.
    default byte[] bytes(int count) {
        byte[] result = new byte[count];
        fill(result);
        return result;
    }

    /// A random identity (version 4, RFC 9562).
    default UUID uuid() {
        byte[] b = bytes(16);
        b[6] = (byte) ((b[6] & 0x0f) | 0x40);
        b[8] = (byte) ((b[8] & 0x3f) | 0x80);
        var buffer = ByteBuffer.wrap(b);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /// The operating system's generator.
    static Entropy system() {
        SecureRandom random = new SecureRandom();
        return random::nextBytes;
    }
}

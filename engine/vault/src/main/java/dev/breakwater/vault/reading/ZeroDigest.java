package dev.breakwater.vault.reading;

import dev.breakwater.model.Blocks;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// The digest of a block of zeros.
final class ZeroDigest {

    static final byte[] BYTES = compute();

    private ZeroDigest() {}

    private static byte[] compute() {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(new byte[Blocks.BLOCK_BYTES]);
            return Arrays.copyOf(whole, BlockDigests.DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

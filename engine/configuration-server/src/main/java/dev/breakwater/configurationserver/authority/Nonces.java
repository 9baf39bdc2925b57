package dev.breakwater.configurationserver.authority;

import dev.breakwater.platform.Entropy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Nonces that need no memory until they are used: expiry, 8 random bytes, and a code over both and the client's
/// nonce with a key that only this process knows. So strangers who ask for challenges cost nothing.
final class Nonces {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int CODE_BYTES = 16;

    /// Registrations within one lifetime; further ones are refused rather than an old one forgotten, which
    /// could then be repeated.
    private static final int MAX_USED = 10_000;

    private final Entropy entropy;
    private final byte[] key;

    /// The nonces that were used, with the time from which they are worthless anyway.
    private final Map<String, Long> used = new HashMap<>();

    Nonces(Entropy entropy) {
        this.entropy = entropy;
        this.key = entropy.bytes(32);
    }

    String draw(String clientNonce, Instant now) {
        ByteBuffer nonce = ByteBuffer.allocate(16 + CODE_BYTES);
        nonce.putLong(now.plus(LIFETIME).toEpochMilli()).put(entropy.bytes(8));
        nonce.put(code(nonce.array(), clientNonce));
        return Base64.getEncoder().encodeToString(nonce.array());
    }

    /// Whether the nonce was drawn here for that client not long ago, and is used for the first time.
    synchronized boolean use(String nonce, String clientNonce, Instant now) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (bytes.length != 16 + CODE_BYTES
                || !MessageDigest.isEqual(Arrays.copyOfRange(bytes, 16, bytes.length), code(bytes, clientNonce))) {
            return false;
        }
        long until = ByteBuffer.wrap(bytes).getLong();
        if (used.size() >= MAX_USED) {
            used.values().removeIf(end -> end < now.toEpochMilli());
        }
        return until >= now.toEpochMilli() && used.size() < MAX_USED && used.putIfAbsent(nonce, until) == null;
    }

    private byte[] code(byte[] nonce, String clientNonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(nonce, 0, 16);
            return Arrays.copyOf(mac.doFinal(clientNonce.getBytes(StandardCharsets.UTF_8)), CODE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime lacks HMAC-SHA256.", e);
        }
    }
}

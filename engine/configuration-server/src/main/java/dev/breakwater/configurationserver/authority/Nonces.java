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
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Nonces that need no memory until they are used: expiry, 8 random bytes, and a code over both and the client's nonce
/// with a key that only this process knows. So strangers who ask for challenges cost nothing.
final class Nonces {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int CODE_BYTES = 16;

    /// Registrations within one lifetime that cannot be repeated by replay.
    private static final int MAX_USED = 10_000;

    private final Entropy entropy;
    private final byte[] key;
    private final Map<String, Boolean> used = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_USED;
        }
    };

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
        return bytes.length == 16 + CODE_BYTES
                && MessageDigest.isEqual(Arrays.copyOfRange(bytes, 16, bytes.length), code(bytes, clientNonce))
                && ByteBuffer.wrap(bytes).getLong() >= now.toEpochMilli()
                && used.put(nonce, true) == null;
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

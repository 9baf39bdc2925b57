package dev.breakwater.control.registration;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The proofs of knowing a secret: HMAC-SHA256 over who proves, both nonces, the digest of the authority and, for
/// the client, the digest of its request and what it asks for.
public final class RegistrationProof {

    private final byte[] secret;

    private RegistrationProof(byte[] secret) {
        this.secret = secret;
    }

    /// Proofs by a secret of bytes.
    public static RegistrationProof by(byte[] secret) {
        if (secret.length < 16) {
            throw new IllegalArgumentException("A registration secret has at least 128 bits.");
        }
        return new RegistrationProof(secret.clone());
    }

    /// Proofs by a passphrase as people type it: blanks, hyphens and case do not matter, and letters that look like
    /// digits are taken for these.
    public static RegistrationProof byPassphrase(String passphrase) {
        String normal = passphrase
                .replaceAll("[\\s-]", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return by(normal.getBytes(StandardCharsets.UTF_8));
    }

    /// What the server sends.
    public String ofServer(String clientNonce, String serverNonce, X509Certificate ca) {
        return hmac("server", clientNonce, serverNonce, digest(ca), "", "", "");
    }

    /// What the client sends.
    ///
    /// @param previous the identity to keep, or an empty text
    public String ofClient(
            String clientNonce,
            String serverNonce,
            X509Certificate ca,
            String csr,
            String role,
            String name,
            String previous) {
        byte[] request = csr.getBytes(StandardCharsets.US_ASCII);
        return hmac("client", clientNonce, serverNonce, digest(ca), digest(request), role, name, previous);
    }

    /// What whoever keeps an identity signs with the key it had before: bound to everything that the proof is.
    public static byte[] possessionMessage(String proof) {
        return ("breakwater registration, previous key|" + proof).getBytes(StandardCharsets.UTF_8);
    }

    /// Compares without telling by its duration where two proofs differ.
    public static boolean equal(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private String hmac(String... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime lacks HMAC-SHA256.", e);
        }
    }

    private static String digest(X509Certificate certificate) {
        try {
            return digest(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("The authority's certificate cannot be encoded.", e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime lacks SHA-256.", e);
        }
    }
}

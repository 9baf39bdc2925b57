package dev.breakwater.platform.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys and certificates as text (RFC 7468).
public final class Pem {

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]{1,40})-----([A-Za-z0-9+/=\\s]{1,20000})-----END \\1-----");

    private Pem() {}

    /// Certificates, one block each.
    public static String ofCertificates(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(block(CERTIFICATE, certificate.getEncoded()));
            } catch (CertificateException e) {
                throw new IllegalStateException("A certificate that was read cannot be written again.", e);
            }
        }
        return text.toString();
    }

    /// A private key in the PKCS #8 form.
    static String ofKey(PrivateKey key) {
        return block(PRIVATE_KEY, key.getEncoded());
    }

    /// Every certificate of the text, in its order.
    ///
    /// @throws CertificateException if there is none, or one cannot be read
    public static List<X509Certificate> certificates(String text) throws CertificateException {
        var factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> result = new ArrayList<>();
        for (byte[] der : blocks(CERTIFICATE, text)) {
            result.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        if (result.isEmpty()) {
            throw new CertificateException("The text holds no certificate.");
        }
        return List.copyOf(result);
    }

    /// The private key of the text.
    ///
    /// @param algorithm that of the public key which belongs to it
    static PrivateKey key(String text, String algorithm) throws GeneralSecurityException {
        List<byte[]> keys = blocks(PRIVATE_KEY, text);
        if (keys.size() != 1) {
            throw new GeneralSecurityException("The text holds " + keys.size() + " private keys instead of one.");
        }
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst()));
    }

    private static String block(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static List<byte[]> blocks(String label, String text) throws CertificateException {
        List<byte[]> result = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (label.equals(matcher.group(1))) {
                result.add(decoded(matcher.group(2)));
            }
        }
        return result;
    }

    private static byte[] decoded(String base64) throws CertificateException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new CertificateException("A key or certificate is no base64.", e);
        }
    }
}

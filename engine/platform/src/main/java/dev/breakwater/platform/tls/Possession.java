package dev.breakwater.platform.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/// Proof that somebody holds the private key of a certificate, where TLS cannot show it because the certificate has
/// ended: a signature over a message that is good once.
public final class Possession {

    private static final String ALGORITHM = "SHA256withECDSA";

    private Possession() {}

    /// Signs a message.
    public static byte[] prove(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime cannot sign with elliptic curves.", e);
        }
    }

    /// Whether the message was signed with the certificate's key. Says nothing of the certificate itself.
    public static boolean proven(X509Certificate certificate, byte[] message, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(certificate.getPublicKey());
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}

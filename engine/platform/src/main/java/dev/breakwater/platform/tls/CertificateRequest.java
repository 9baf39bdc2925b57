package dev.breakwater.platform.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A new key pair with the request (PKCS #10) to certify it. The private key never leaves the program that drew it.
public final class CertificateRequest {

    private static final String CURVE = "secp256r1";

    /// Larger than any request for a key that we would certify.
    private static final int MAX_REQUEST_BYTES = 8192;

    private final KeyPair keys;
    private final byte[] request;

    private CertificateRequest(KeyPair keys, byte[] request) {
        this.keys = keys;
        this.request = request;
    }

    /// Draws a key pair and signs a request with it.
    public static CertificateRequest draw() {
        try {
            KeyPair keys = newKeys();
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=request"), keys.getPublic())
                    .build(signer)
                    .getEncoded();
            return new CertificateRequest(keys, request);
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("The Java runtime cannot sign with elliptic curves.", e);
        }
    }

    /// The request, DER-encoded. Its subject is empty of meaning: the authority decides on the name.
    public byte[] encoded() {
        return request.clone();
    }

    /// The identity, once the authority has answered.
    ///
    /// @param chain the certificate first
    /// @param ca the authority
    /// @throws GeneralSecurityException if the certificate is for another key or not from that authority
    public TlsIdentity identity(List<X509Certificate> chain, X509Certificate ca) throws GeneralSecurityException {
        if (!chain.getFirst().getPublicKey().equals(keys.getPublic())) {
            throw new GeneralSecurityException("The certificate that came back is for another key.");
        }
        chain.getFirst().verify(ca.getPublicKey());
        return new TlsIdentity(keys.getPrivate(), chain, ca);
    }

    /// The public key of a request whose signature proves that the sender holds the private one.
    ///
    /// @throws GeneralSecurityException if the bytes are no request, or the proof fails
    public static PublicKey verify(byte[] der) throws GeneralSecurityException {
        if (der.length > MAX_REQUEST_BYTES) {
            throw new GeneralSecurityException("The certificate request is longer than any we would grant.");
        }
        try {
            var request = new JcaPKCS10CertificationRequest(der);
            PublicKey key = request.getPublicKey();
            if (!"EC".equals(key.getAlgorithm())) {
                throw new GeneralSecurityException("Only keys on elliptic curves are certified.");
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new GeneralSecurityException("The certificate request is not signed with its own key.");
            }
            return key;
        } catch (IOException | PKCSException | OperatorCreationException | RuntimeException e) {
            throw new GeneralSecurityException("The bytes are no certificate request.", e);
        }
    }

    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("The Java runtime cannot draw keys on elliptic curves.", e);
        }
    }
}

package dev.breakwater.platform.tls;

import dev.breakwater.platform.files.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Who a program is towards its peers, and whom it believes: private key, the certificates that vouch for it, and
/// the one authority it trusts. Kept in a folder as `identity.pem`, readable by its owner only: key, chain and, last,
/// the authority. All in one file, so that one write replaces all of it. Earlier versions kept the authority in a file
/// of its own, `ca.pem`, which is still read where it is.
///
/// @param privateKey the private key that belongs to the first certificate
/// @param chain the own certificate first; the authority itself is not part of it
/// @param trustedCa the only authority whose certificates are believed
public record TlsIdentity(PrivateKey privateKey, List<X509Certificate> chain, X509Certificate trustedCa) {

    private static final String IDENTITY_FILE = "identity.pem";
    private static final String CA_FILE = "ca.pem";

    /// Every peer is ours and speaks it; older versions have renegotiation, weak ciphers and downgrades.
    public static final String TLS_VERSION = "TLSv1.3";

    /// What is spoken with [#TLS_VERSION], best first. AES-128 first, as processors with AES instructions are twice
    /// as fast with it, and what is stored is sealed again with 256 bits.
    public static final List<String> CIPHERS =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    /// Alone: a client makes a key for each kind of exchange that it offers, a tenth of the time of a command that asks
    /// and ends, and every peer of ours has this one.
    private static final String KEY_EXCHANGE = "x25519";

    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("An identity needs a certificate.");
        }
    }

    /// Whether the folder holds an identity.
    public static boolean existsIn(Path folder) {
        return Files.isRegularFile(folder.resolve(IDENTITY_FILE));
    }

    /// Reads the identity of a folder.
    ///
    /// @throws IOException if a file is missing or cannot be understood
    public static TlsIdentity load(Path folder) throws IOException {
        Path file = folder.resolve(IDENTITY_FILE);
        try {
            String text = Files.readString(file);
            List<X509Certificate> certificates = Pem.certificates(text);
            PrivateKey key =
                    Pem.key(text, certificates.getFirst().getPublicKey().getAlgorithm());
            int last = certificates.size() - 1;
            if (last > 0 && isAuthority(certificates.get(last))) {
                return new TlsIdentity(key, certificates.subList(0, last), certificates.get(last));
            }
            X509Certificate ca =
                    Pem.certificates(Files.readString(folder.resolve(CA_FILE))).getFirst();
            return new TlsIdentity(key, certificates, ca);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The identity in " + file + " cannot be understood, so no peer will accept this program."
                            + " The file was damaged or edited. Restore it, or delete it and register again.",
                    e);
        }
    }

    private static boolean isAuthority(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }

    /// Writes the identity into a folder, replacing the one there. A crash leaves the old or the new one.
    public void save(Path folder) throws IOException {
        SecretFile.createFolder(folder);
        SecretFile.write(
                folder.resolve(IDENTITY_FILE),
                Pem.ofKey(privateKey) + Pem.ofCertificates(chain) + Pem.ofCertificates(List.of(trustedCa)));
        SecretFile.delete(folder.resolve(CA_FILE));
    }

    /// Deletes the identity in a folder. Harmless if there is none.
    public static void delete(Path folder) throws IOException {
        SecretFile.delete(folder.resolve(IDENTITY_FILE));
        SecretFile.delete(folder.resolve(CA_FILE));
    }

    /// The own certificate.
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// Role and id in the own certificate.
    public Optional<PeerName> name() {
        return PeerName.of(certificate());
    }

    /// Whether less than a third of the certificate's life is left.
    public boolean renewalDue(Instant now) {
        Instant from = certificate().getNotBefore().toInstant();
        Instant until = certificate().getNotAfter().toInstant();
        long third = (until.getEpochSecond() - from.getEpochSecond()) / 3;
        return now.isAfter(until.minusSeconds(third));
    }

    /// A context for the client side of connections to peers of a role.
    ///
    /// The peer's certificate must come from the trusted authority and carry the role; its address does not matter.
    public SSLContext clientContext(PeerRole peer) {
        return new LiveIdentity(this).clientContext(peer);
    }

    /// A context for the client side of connections to one peer.
    public SSLContext clientContext(PeerRole peer, UUID id) {
        return new LiveIdentity(this).clientContext(peer, Optional.of(id));
    }

    /// What either side of a connection insists on.
    public static SSLParameters parameters() {
        var parameters = new SSLParameters(CIPHERS.toArray(String[]::new), new String[] {TLS_VERSION});
        parameters.setNamedGroups(new String[] {KEY_EXCHANGE});
        return parameters;
    }

    /// A context for the server side; who the client is must be asked per connection.
    public SSLContext serverContext() {
        return new LiveIdentity(this).serverContext();
    }

    /// A context for a client that has no certificate yet, to a server of that authority and role.
    public static SSLContext anonymousContext(X509Certificate ca, PeerRole peer) {
        return context(null, PeerTrust.expecting(ca, Optional.of(peer), Optional.empty()));
    }

    /// A context that believes anybody. Only for asking a server to prove itself by other means: nothing secret may
    /// be sent, and nothing that arrives may be trusted.
    public static SSLContext unverifiedContext() {
        return context(null, new UnverifiedPeer());
    }

    /// The key and its certificates, for TLS libraries that do not take a context. Given the key itself, such a library
    /// would seal it in a key store first, with some ten thousand rounds of a digest at each connection.
    public KeyManager keyManager() {
        return new LiveIdentity(this).keyManager();
    }

    /// A trust manager for peers of a role, for TLS libraries that do not take a context.
    public TrustManager trustManager(PeerRole peer, Optional<UUID> id) {
        return PeerTrust.expecting(trustedCa, Optional.of(peer), id);
    }

    /// SHA-256 of the own certificate in hex, by which the server tells certificates apart.
    public String fingerprint() {
        return fingerprint(certificate());
    }

    /// SHA-256 of a certificate in hex.
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime cannot digest a certificate.", e);
        }
    }

    static SSLContext context(@Nullable KeyManager keys, TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance(TLS_VERSION);
            context.init(keys == null ? null : new KeyManager[] {keys}, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime cannot set up TLS.", e);
        }
    }

    @Override
    public String toString() {
        return "TlsIdentity[" + certificate().getSubjectX500Principal() + "]";
    }
}

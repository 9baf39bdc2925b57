package dev.breakwater.platform.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/// Believes certificates of one authority whose owner has the expected role and, if one is expected, identity. It takes
/// the place of the usual check of host names: names and addresses of engines change, roles and identities do not.
final class PeerTrust extends X509ExtendedTrustManager {

    private final X509TrustManager chainCheck;
    private final Optional<PeerRole> role;
    private final Optional<UUID> id;

    private PeerTrust(X509TrustManager chainCheck, Optional<PeerRole> role, Optional<UUID> id) {
        this.chainCheck = chainCheck;
        this.role = role;
        this.id = id;
    }

    static PeerTrust expecting(X509Certificate ca, Optional<PeerRole> role, Optional<UUID> id) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", ca);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return new PeerTrust((X509TrustManager) factory.getTrustManagers()[0], role, id);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The Java runtime cannot check certificates.", e);
        }
    }

    private void checkName(X509Certificate[] chain) throws CertificateException {
        PeerName name = PeerName.of(chain[0])
                .orElseThrow(() -> new CertificateException("The peer's certificate names no role and identity."));
        if (role.isPresent() && name.role() != role.get()) {
            throw new CertificateException("The peer is a " + name.role().word() + ", but a "
                    + role.get().word() + " was expected.");
        }
        if (id.isPresent() && !name.id().equals(id.get())) {
            throw new CertificateException("The peer is " + name + ", but " + id.get() + " was expected.");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chainCheck.checkServerTrusted(chain, authType);
        checkName(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chainCheck.checkClientTrusted(chain, authType);
        checkName(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chainCheck.getAcceptedIssuers();
    }
}

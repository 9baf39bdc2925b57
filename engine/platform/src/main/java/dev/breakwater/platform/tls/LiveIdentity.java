package dev.breakwater.platform.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The identity of a program that runs on while its certificate is renewed: connections that are made from now on
/// use the newest certificate, those that stand keep theirs. Safe for several threads.
public final class LiveIdentity {

    private volatile TlsIdentity present;

    /// What handshakes under way may still need.
    private volatile TlsIdentity previous;

    /// Begins with that identity.
    public LiveIdentity(TlsIdentity identity) {
        this.present = identity;
        this.previous = identity;
    }

    /// The newest identity.
    public TlsIdentity now() {
        return present;
    }

    /// Uses a renewed identity from now on. It must trust the same authority.
    public synchronized void replace(TlsIdentity renewed) {
        if (!renewed.trustedCa().equals(present.trustedCa())) {
            throw new IllegalArgumentException("A renewed identity comes from the same authority.");
        }
        previous = present;
        present = renewed;
    }

    /// A context for the client side of connections to peers of a role; each handshake shows the newest certificate.
    public SSLContext clientContext(PeerRole peer) {
        return clientContext(peer, Optional.empty());
    }

    SSLContext clientContext(PeerRole peer, Optional<UUID> id) {
        return TlsIdentity.context(new Keys(), trust(Optional.of(peer), id));
    }

    /// A context for the server side; who the client is must be asked per connection.
    public SSLContext serverContext() {
        return TlsIdentity.context(new Keys(), trust(Optional.empty(), Optional.empty()));
    }

    KeyManager keyManager() {
        return new Keys();
    }

    private TrustManager trust(Optional<PeerRole> role, Optional<UUID> id) {
        return PeerTrust.expecting(present.trustedCa(), role, id);
    }

    /// One key at a time, named by the serial number of its certificate.
    private final class Keys extends X509ExtendedKeyManager {

        private String alias(TlsIdentity identity) {
            return identity.certificate().getSerialNumber().toString(16);
        }

        private @Nullable TlsIdentity identity(String alias) {
            TlsIdentity newest = present;
            if (alias(newest).equals(alias)) {
                return newest;
            }
            TlsIdentity older = previous;
            return alias(older).equals(alias) ? older : null;
        }

        private @Nullable String choose(String @Nullable [] types) {
            TlsIdentity newest = present;
            String algorithm = newest.privateKey().getAlgorithm();
            return types == null || Arrays.stream(types).anyMatch(type -> type.startsWith(algorithm))
                    ? alias(newest)
                    : null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            TlsIdentity identity = identity(alias);
            return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            TlsIdentity identity = identity(alias);
            return identity == null ? null : identity.privateKey();
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return choose(types);
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return choose(types);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return choose(new String[] {type});
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return choose(new String[] {type});
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {alias(present)};
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {alias(present)};
        }
    }
}

package dev.breakwater.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIdentityTest {

    private final Instant now = Instant.now();
    private final CertificateAuthority ca = CertificateAuthority.create("Breakwater test", now);
    private final PeerName server = new PeerName(PeerRole.CONFIGURATION_SERVER, UUID.randomUUID());
    private final PeerName machine = new PeerName(PeerRole.MACHINE, UUID.randomUUID());

    @Test
    @DisplayName("An identity survives its folder, and only its owner may read it")
    void saveAndLoad(@TempDir Path folder) throws IOException {
        TlsIdentity identity = ca.newIdentity(machine, List.of("localhost", "127.0.0.1"), now);
        identity.save(folder.resolve("identity"));
        TlsIdentity again = TlsIdentity.load(folder.resolve("identity"));
        assertThat(again).isEqualTo(identity);
        assertThat(again.name()).contains(machine);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("identity/identity.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    @DisplayName(
            "An identity whose authority an earlier version kept in a file of its own is read, and saved as one file")
    void authorityApart(@TempDir Path folder) throws IOException {
        TlsIdentity identity = ca.newIdentity(machine, List.of(), now);
        Path file = folder.resolve("identity.pem");
        Path authority = folder.resolve("ca.pem");
        Files.writeString(file, Pem.ofKey(identity.privateKey()) + Pem.ofCertificates(identity.chain()));
        Files.writeString(authority, Pem.ofCertificates(List.of(ca.certificate())));
        assertThat(TlsIdentity.load(folder)).isEqualTo(identity);
        identity.save(folder);
        assertThat(authority).doesNotExist();
        assertThat(TlsIdentity.load(folder)).isEqualTo(identity);
    }

    @Test
    @DisplayName("Peers that trust one authority meet, wherever the server is reached")
    void handshake() throws Exception {
        assertThat(meet(ca.newIdentity(machine, List.of(), now).clientContext(PeerRole.CONFIGURATION_SERVER)))
                .contains(machine);
        assertThat(meet(ca.newIdentity(machine, List.of(), now)
                        .clientContext(PeerRole.CONFIGURATION_SERVER, server.id())))
                .contains(machine);
    }

    @Test
    @DisplayName("A server of another role, another identity or another authority is refused")
    void refused() {
        TlsIdentity client = ca.newIdentity(machine, List.of(), now);
        assertThatThrownBy(() -> meet(client.clientContext(PeerRole.PROCESS_SERVER)))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("process-server was expected");
        assertThatThrownBy(() -> meet(client.clientContext(PeerRole.CONFIGURATION_SERVER, UUID.randomUUID())))
                .isInstanceOf(SSLHandshakeException.class);
        TlsIdentity stranger = CertificateAuthority.create("Elsewhere", now).newIdentity(machine, List.of(), now);
        assertThatThrownBy(() -> meet(stranger.clientContext(PeerRole.CONFIGURATION_SERVER)))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    @DisplayName("A certificate request proves the key it asks for")
    void request() throws GeneralSecurityException {
        CertificateRequest request = CertificateRequest.draw();
        var key = CertificateRequest.verify(request.encoded());
        TlsIdentity identity = request.identity(List.of(ca.issue(key, machine, List.of(), now)), ca.certificate());
        assertThat(identity.name()).contains(machine);

        byte[] damaged = request.encoded();
        damaged[damaged.length / 2] ^= 1;
        assertThatThrownBy(() -> CertificateRequest.verify(damaged)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> CertificateRequest.verify(new byte[] {1, 2, 3}))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    @DisplayName("Renewal is due when a third of the certificate's life is left")
    void renewal() {
        TlsIdentity identity = ca.newIdentity(machine, List.of(), now);
        assertThat(identity.renewalDue(now)).isFalse();
        assertThat(identity.renewalDue(
                        now.plus(CertificateAuthority.USUAL_LIFE.dividedBy(4).multipliedBy(3))))
                .isTrue();
    }

    private Optional<PeerName> meet(SSLContext client) throws Exception {
        SSLContext own = ca.newIdentity(server, List.of(), now).serverContext();
        try (SSLServerSocket listening =
                (SSLServerSocket) own.getServerSocketFactory().createServerSocket(0)) {
            listening.setNeedClientAuth(true);
            CompletableFuture<Optional<PeerName>> seen = CompletableFuture.supplyAsync(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.startHandshake();
                    socket.getOutputStream().write(1);
                    return PeerName.of((java.security.cert.X509Certificate)
                            socket.getSession().getPeerCertificates()[0]);
                } catch (IOException e) {
                    return Optional.empty();
                }
            });
            try (SSLSocket socket =
                    (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", listening.getLocalPort())) {
                socket.startHandshake();
                int answer = socket.getInputStream().read();
                assertThat(answer).isEqualTo(1);
            }
            return seen.get();
        }
    }
}

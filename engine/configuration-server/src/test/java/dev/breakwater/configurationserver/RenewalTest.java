package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.control.ControlException;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.processserver.Assignments.Assignment;
import dev.breakwater.control.processserver.ProcessServerClient;
import dev.breakwater.control.registration.CertificateRenewer;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RenewalTest {

    /// Long enough for a slow computer to renew in the last third.
    private static final Duration LIFE = Duration.ofSeconds(6);

    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    @DisplayName(
            "Past the end of the first certificates everybody goes on: machine, process server, administrator, server")
    void renewed() throws Exception {
        try (Site site = new Site(folder.resolve("site"), LIFE)) {
            LiveIdentity machine = new LiveIdentity(site.machine("web-1").identity());
            LiveIdentity server = new LiveIdentity(site.processServer("ps-1").identity());
            Instant firstEnd = machine.now().certificate().getNotAfter().toInstant();
            Set<BigInteger> shown = new HashSet<>();
            Set<BigInteger> administrators = new HashSet<>();
            try (MachineClient agent = new MachineClient(site.address(), machine);
                    ProcessServerClient gateway = new ProcessServerClient(site.address(), server)) {
                List<CertificateRenewer> renewers = List.of(
                        new CertificateRenewer(
                                machine, folder.resolve("machine"), agent::renew, InstantSource.system()),
                        new CertificateRenewer(
                                server, folder.resolve("server"), gateway::renew, InstantSource.system()));
                while (Instant.now().isBefore(firstEnd.plus(LIFE.dividedBy(2)))) {
                    for (CertificateRenewer renewer : renewers) {
                        renewer.look();
                    }
                    assertThat(agent.orders(0).name()).isEqualTo("web-1");
                    gateway.health(Site.health(List.of()));
                    TlsIdentity local = TlsIdentity.load(site.folder.resolve("admin"));
                    administrators.add(local.certificate().getSerialNumber());
                    try (AdminClient admin = new AdminClient(site.address(), local)) {
                        assertThat(admin.machines()).hasSize(1);
                    }
                    shown.add(serial(site, machine.now()));
                }
            }
            assertThat(machine.now().certificate().getNotAfter().toInstant()).isAfter(firstEnd);
            assertThat(TlsIdentity.load(folder.resolve("machine"))).isEqualTo(machine.now());
            assertThat(TlsIdentity.load(folder.resolve("server"))).isEqualTo(server.now());
            assertThat(shown).hasSizeGreaterThan(1);
            assertThat(administrators).hasSizeGreaterThan(1);
        }
    }

    @Test
    @DisplayName("A renewal that was given up and is served after its repetition does not lock the machine out")
    void servedLate() throws Exception {
        try (Site site = new Site(folder.resolve("site"))) {
            LiveIdentity machine = new LiveIdentity(site.machine("web-1").identity());
            try (MachineClient agent = new MachineClient(site.address(), machine)) {
                TlsIdentity kept = agent.renew();
                TlsIdentity late = agent.renew();
                machine.replace(kept);
                assertThat(agent.orders(0).name()).isEqualTo("web-1");
                try (MachineClient other = new MachineClient(site.address(), late)) {
                    assertThatThrownBy(() -> other.orders(0)).isInstanceOf(ControlException.class);
                }
            }
        }
    }

    @Test
    @DisplayName(
            "A machine that renews again and again without using what it gets stays connected, with few certificates")
    void manyUnused() throws Exception {
        try (Site site = new Site(folder.resolve("site"))) {
            LiveIdentity machine = new LiveIdentity(site.machine("web-1").identity());
            LiveIdentity server = new LiveIdentity(site.processServer("ps-1").identity());
            try (MachineClient agent = new MachineClient(site.address(), machine);
                    ProcessServerClient gateway = new ProcessServerClient(site.address(), server);
                    AdminClient admin = site.admin()) {
                admin.protect("web-1", new ProtectRequest(List.of("/dev/sda"), null, null));
                TlsIdentity newest = agent.renew();
                for (int i = 0; i < 2 * Assignment.MAX_CERTIFICATES; i++) {
                    newest = agent.renew();
                }
                List<String> good = gateway.assignments(0).machines().getFirst().certificates();
                assertThat(good)
                        .hasSize(Assignment.MAX_CERTIFICATES)
                        .doesNotHaveDuplicates()
                        .contains(machine.now().fingerprint(), newest.fingerprint());
            }
        }
    }

    private static BigInteger serial(Site site, TlsIdentity identity) throws Exception {
        try (SSLSocket socket = (SSLSocket) identity.clientContext(PeerRole.CONFIGURATION_SERVER)
                .getSocketFactory()
                .createSocket("localhost", site.server.httpsPort())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }
}

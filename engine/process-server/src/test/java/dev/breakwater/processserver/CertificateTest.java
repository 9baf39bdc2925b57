package dev.breakwater.processserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.Assignments.Assignment;
import dev.breakwater.model.PointId;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.RefusalCode;
import dev.breakwater.wire.transport.RefusedException;
import dev.breakwater.wire.transport.ReplicationClient;
import dev.breakwater.wire.transport.ReplicationListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("On port 9443")
@Timeout(60)
class CertificateTest {

    private static final int DISK_BYTES = 1 << 20;

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void begin() throws Exception {
        site = new Site(folder);
    }

    @AfterEach
    void end() throws Exception {
        site.stop();
    }

    /// The assignment of the machine with other certificates and registration.
    private void assign(Site.Machine machine, List<String> certificates, long registration) {
        Assignment plain = machine.assignment();
        Assignments all = site.assignments(machine);
        site.control.order(new Assignments(
                all.version(),
                all.vault(),
                List.of(new Assignment(
                        plain.machine(),
                        plain.name(),
                        plain.epoch(),
                        plain.disks(),
                        plain.machineKey(),
                        plain.diskKeys(),
                        plain.policy(),
                        certificates,
                        registration))));
    }

    private TlsIdentity another(Site.Machine machine) {
        return site.authority.newIdentity(new PeerName(PeerRole.MACHINE, machine.id.uuid()), List.of(), Instant.now());
    }

    private static void assertRefused(ReplicationClient client, Site.Running at, Site.Machine machine) {
        assertThatThrownBy(() -> {
                    while (true) {
                        try {
                            client.connect(at.destination(), machine.hello(1), new NoAnswers())
                                    .close();
                            return;
                        } catch (RefusedException e) {
                            if (e.code() != RefusalCode.BUSY) {
                                throw e;
                            }
                            Thread.sleep(20);
                        }
                    }
                })
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(RefusalCode.CERTIFICATE));
    }

    private record NoAnswers() implements ReplicationListener {
        @Override
        public void durable(Message.Durable durable) {}

        @Override
        public void closed(IOException cause) {}
    }

    @Test
    @DisplayName(
            "a certificate of the authority that is not the machine's newest is refused, and none is good by default")
    void onlyTheNewest() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        assign(machine, List.of(machine.identity.fingerprint()), 1);
        try (ReplicationClient old = new ReplicationClient(another(machine))) {
            assertRefused(old, server, machine);
        }
        assign(machine, List.of(), 1);
        assertRefused(machine.client, server, machine);
    }

    @Test
    @DisplayName(
            "a machine's certificate opens neither another machine's log, nor the door for machines nobody assigned")
    void anotherMachine() throws Exception {
        Site.Machine victim = site.new Machine(DISK_BYTES);
        Site.Machine thief = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(victim, thief);
        Link.connect(server, thief).close();
        assertThatThrownBy(() -> thief.client.connect(server.destination(), victim.hello(1), new NoAnswers()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(RefusalCode.PROTOCOL));
        var mixed = new Message.Hello(
                Protocol.VERSION, thief.id, thief.incarnation, victim.hello(1).disks(), 1);
        assertThatThrownBy(() -> thief.client.connect(server.destination(), mixed, new NoAnswers()))
                .as("the other's disk under one's own name")
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(RefusalCode.UNKNOWN_DISK));
        site.assign(victim);
        Site.Machine stranger = site.new Machine(DISK_BYTES);
        assertThatThrownBy(() -> stranger.client.connect(server.destination(), stranger.hello(1), new NoAnswers()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(RefusalCode.NOT_ASSIGNED));
    }

    @Test
    @DisplayName("process servers, people and other authorities do not pass for a machine")
    void confusedDeputies() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        UUID id = machine.id.uuid();
        List<TlsIdentity> deputies = List.of(
                site.authority.newIdentity(new PeerName(PeerRole.ADMINISTRATOR, id), List.of(), Instant.now()),
                site.authority.newIdentity(new PeerName(PeerRole.OPERATOR, id), List.of(), Instant.now()),
                site.authority.newIdentity(new PeerName(PeerRole.PROCESS_SERVER, id), List.of(), Instant.now()),
                site.authority.newIdentity(new PeerName(PeerRole.CONFIGURATION_SERVER, id), List.of(), Instant.now()),
                site.authority.newIdentity(
                        new PeerName(PeerRole.MACHINE, id),
                        List.of(),
                        Instant.now().minus(Duration.ofDays(40))),
                foreign(id));
        for (TlsIdentity deputy : deputies) {
            try (ReplicationClient client = new ReplicationClient(deputy)) {
                assertThatThrownBy(() -> client.connect(server.destination(), machine.hello(1), new NoAnswers()))
                        .as(deputy.toString())
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(RefusedException.class);
            }
        }
    }

    private TlsIdentity foreign(UUID id) {
        TlsIdentity forged = CertificateAuthority.create("Elsewhere", Instant.now())
                .newIdentity(new PeerName(PeerRole.MACHINE, id), List.of(), Instant.now());
        return new TlsIdentity(forged.privateKey(), forged.chain(), site.authority.certificate());
    }

    @Test
    @DisplayName("a renewal lets the connection stand, and a revocation ends it at once")
    void renewedAndRevoked() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        assign(machine, List.of(machine.identity.fingerprint()), 1);
        try (Link link = Link.connect(server, machine)) {
            assign(machine, List.of(another(machine).fingerprint()), 1);
            link.write(0, 4096);
            PointId point = link.point();
            assertThat(link.awaitDurable().point()).contains(point);
            assertThat(link.ends).isEmpty();
            assign(machine, List.of(), 2);
            assertThat(link.awaitEnd()).hasMessageContaining("revoked");
        }
    }

    @Test
    @DisplayName(
            "a connection ends with the certificate it was made with, and the next one is made with the renewed one")
    void endsWithTheCertificate() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        TlsIdentity brief = site.authority
                .issuingFor(Duration.ofSeconds(4))
                .newIdentity(new PeerName(PeerRole.MACHINE, machine.id.uuid()), List.of(), Instant.now());
        assign(machine, List.of(brief.fingerprint(), machine.identity.fingerprint()), 1);
        LiveIdentity live = new LiveIdentity(brief);
        var ended = new CompletableFuture<String>();
        try (ReplicationClient client = new ReplicationClient(live)) {
            var listener = new ReplicationListener() {
                @Override
                public void durable(Message.Durable durable) {}

                @Override
                public void closed(IOException cause) {
                    ended.complete(String.valueOf(cause.getMessage()));
                }
            };
            Link.awaitOrders(server, machine);
            client.connect(server.destination(), machine.hello(1), listener);
            live.replace(machine.identity);
            ended.get(20, TimeUnit.SECONDS);
            assertThat(Instant.now())
                    .isAfter(brief.certificate().getNotAfter().toInstant().minusSeconds(1));
            client.connect(server.destination(), machine.hello(1), new NoAnswers())
                    .close();
        }
    }
}

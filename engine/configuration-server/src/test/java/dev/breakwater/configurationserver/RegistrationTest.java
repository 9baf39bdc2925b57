package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.breakwater.control.ControlConnection;
import dev.breakwater.control.ControlException;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.registration.ChallengeAnswer;
import dev.breakwater.control.registration.ChallengeRequest;
import dev.breakwater.control.registration.RegistrationAnswer;
import dev.breakwater.control.registration.RegistrationClient;
import dev.breakwater.control.registration.RegistrationClient.Previous;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.control.registration.RegistrationPaths;
import dev.breakwater.control.registration.RegistrationProof;
import dev.breakwater.control.registration.RegistrationRequest;
import dev.breakwater.control.registration.SecretKind;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.CertificateRequest;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationTest {

    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site(folder);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    @DisplayName("A machine that knows the passphrase gets a certificate, however the passphrase is typed")
    void registers() throws Exception {
        Registered machine = register(passphrase().toLowerCase(Locale.ROOT).replace("-", " "), "db-1", null);
        assertThat(machine.identity().name()).contains(new PeerName(PeerRole.MACHINE, machine.id()));
        try (MachineClient client = site.machineClient(machine)) {
            assertThat(client.orders(0).name()).isEqualTo("db-1");
        }
    }

    @Test
    @DisplayName("Whoever does not know the passphrase, or knows an old one, is not registered")
    void wrongPassphrase() throws Exception {
        assertThatThrownBy(() -> register("0123456789ABCDEFGHJKMNPQRS", "evil", null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("could not prove that it knows the passphrase");
        String old = passphrase();
        try (AdminClient admin = site.admin()) {
            assertThat(admin.rotatePassphrase()).isNotEqualTo(old);
            assertThatThrownBy(() -> register(old, "late", null)).isInstanceOf(IOException.class);
            assertThat(admin.machines()).isEmpty();
        }
        site.restart();
        assertThat(passphrase()).isNotEqualTo(old);
    }

    @Test
    @DisplayName("A man in the middle who relays the challenge gets no registration, and a liar fails the proof")
    void manInTheMiddle() throws Exception {
        TlsIdentity theirs = CertificateAuthority.create("Evil", Instant.now())
                .newIdentity(new PeerName(PeerRole.CONFIGURATION_SERVER, UUID.randomUUID()), List.of(), Instant.now());
        AtomicInteger registrations = new AtomicInteger();
        HttpsServer middle = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        middle.setHttpsConfigurator(new HttpsConfigurator(theirs.serverContext()));
        middle.createContext(RegistrationPaths.REGISTRATION, exchange -> {
            byte[] answer = new byte[0];
            if (exchange.getRequestURI().getPath().equals(RegistrationPaths.CHALLENGE)) {
                try (var real = new ControlConnection(site.address(), TlsIdentity.unverifiedContext())) {
                    ChallengeRequest asked = ControlJson.mapper()
                            .readValue(exchange.getRequestBody().readAllBytes(), ChallengeRequest.class);
                    answer = ControlJson.mapper()
                            .writeValueAsBytes(
                                    real.send("POST", RegistrationPaths.CHALLENGE, asked, ChallengeAnswer.class));
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            } else {
                registrations.incrementAndGet();
            }
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        middle.start();
        try {
            EngineAddress there =
                    new EngineAddress("localhost", middle.getAddress().getPort());
            String passphrase = passphrase();
            assertThatThrownBy(() -> new RegistrationClient(
                                    there,
                                    SecretKind.PASSPHRASE,
                                    RegistrationProof.byPassphrase(passphrase),
                                    Entropy.system())
                            .register(PeerRole.MACHINE, "victim", null))
                    .isInstanceOf(IOException.class);
            assertThat(registrations).hasValue(0);
        } finally {
            middle.stop(0);
        }
    }

    @Test
    @DisplayName("The passphrase makes no process server: only the vault's secret does")
    void roles() throws Exception {
        String passphrase = passphrase();
        assertThatThrownBy(() -> new RegistrationClient(
                                site.address(),
                                SecretKind.PASSPHRASE,
                                RegistrationProof.byPassphrase(passphrase),
                                Entropy.system())
                        .register(PeerRole.PROCESS_SERVER, "ps", null))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        refused -> assertThat(refused.status()).isEqualTo(403));
        assertThatThrownBy(() -> new RegistrationClient(
                                site.address(),
                                SecretKind.PASSPHRASE,
                                RegistrationProof.byPassphrase(passphrase),
                                Entropy.system())
                        .register(PeerRole.ADMINISTRATOR, "root", null))
                .isInstanceOf(ControlException.class);
        assertThat(site.processServer("ps-1").identity().name().orElseThrow().role())
                .isEqualTo(PeerRole.PROCESS_SERVER);
    }

    @Test
    @DisplayName("A program that ended before it could keep its registration gets it again, until it was heard once")
    void answerNotKept() throws Exception {
        Registered lost = register(passphrase(), "db-1", null);
        Registered lostAgain = register(passphrase(), "db-1", null);
        Registered kept = register(passphrase(), "db-1", null);
        assertThat(List.of(lostAgain.id(), kept.id())).containsOnly(lost.id());
        try (MachineClient nobody = site.machineClient(lost);
                MachineClient machine = site.machineClient(kept)) {
            machine.orders(0);
            assertThatThrownBy(() -> nobody.orders(0))
                    .isInstanceOfSatisfying(
                            ControlException.class,
                            refused -> assertThat(refused.status()).isEqualTo(401));
        }
        String passphrase = passphrase();
        assertThatThrownBy(() -> register(passphrase, "db-1", null))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        refused -> assertThat(refused.error().code()).isEqualTo("name-taken"));
    }

    @Test
    @DisplayName("A machine that registers anew keeps its identity, and its old certificate is refused")
    void again() throws Exception {
        Registered first = register(passphrase(), "db-1", null);
        Registered second =
                register(passphrase(), "db-1", Previous.of(first.identity()).orElseThrow());
        assertThat(second.id()).isEqualTo(first.id());
        try (MachineClient old = site.machineClient(first);
                MachineClient fresh = site.machineClient(second)) {
            fresh.orders(0);
            assertThatThrownBy(() -> old.orders(0))
                    .isInstanceOfSatisfying(
                            ControlException.class,
                            refused -> assertThat(refused.status()).isEqualTo(401));
        }
        String passphrase = passphrase();
        assertThatThrownBy(() -> register(passphrase, "db-1", null))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        refused -> assertThat(refused.error().code()).isEqualTo("name-taken"));
    }

    @Test
    @DisplayName(
            "A machine that registers anew and ends before it could keep the answer does it again with its old key")
    void againAnswerNotKept() throws Exception {
        Registered first = register(passphrase(), "db-1", null);
        Previous previous = Previous.of(first.identity()).orElseThrow();
        try (MachineClient before = site.machineClient(first)) {
            before.orders(0);
            Registered lost = register(passphrase(), "db-1", previous);
            Registered kept = register(passphrase(), "db-1", previous);
            assertThat(kept.id()).isEqualTo(first.id());
            try (MachineClient nobody = site.machineClient(lost);
                    MachineClient machine = site.machineClient(kept)) {
                machine.orders(0);
                for (MachineClient worthless : List.of(nobody, before)) {
                    assertThatThrownBy(() -> worthless.orders(0))
                            .isInstanceOfSatisfying(
                                    ControlException.class,
                                    refused -> assertThat(refused.status()).isEqualTo(401));
                }
            }
        }
    }

    @Test
    @DisplayName("A machine that knows the passphrase cannot register as another: the identity's old key is asked for")
    void takingOver() throws Exception {
        Registered victim = register(passphrase(), "db-1", null);
        // Until it is heard, whoever knows the passphrase may register in its place: it may have died on the way.
        try (MachineClient client = site.machineClient(victim)) {
            client.orders(0);
        }
        Registered thief = register(passphrase(), "evil", null);
        TlsIdentity oldKey = victim.identity();
        String passphrase = passphrase();
        List<Previous> claims = List.of(
                new Previous(victim.id(), null),
                new Previous(victim.id(), thief.identity()),
                new Previous(
                        victim.id(),
                        new TlsIdentity(thief.identity().privateKey(), oldKey.chain(), oldKey.trustedCa())),
                new Previous(
                        victim.id(),
                        CertificateAuthority.create("Elsewhere", Instant.now())
                                .newIdentity(new PeerName(PeerRole.MACHINE, victim.id()), List.of(), Instant.now())));
        for (Previous claim : claims) {
            assertThatThrownBy(() -> register(passphrase, "db-1", claim))
                    .isInstanceOfSatisfying(
                            ControlException.class,
                            refused -> assertThat(refused.status()).isEqualTo(403));
        }
        try (MachineClient client = site.machineClient(victim)) {
            assertThat(client.orders(0).name()).isEqualTo("db-1");
        }
    }

    @Test
    @DisplayName(
            "A machine whose certificate has ended registers again with its old key, and keeps identity and protection")
    void wayBack() throws Exception {
        site.certificateLife = Duration.ofSeconds(3);
        site.restart();
        Registered machine = site.machine("db-1");
        site.certificateLife = CertificateAuthority.USUAL_LIFE;
        site.restart();
        site.processServer("ps-1");
        try (AdminClient admin = site.admin()) {
            admin.protect("db-1", new ProtectRequest(List.of("/dev/sda"), null, null));
        }
        while (!Instant.now()
                .isAfter(machine.identity().certificate().getNotAfter().toInstant())) {
            Thread.sleep(50);
        }
        try (MachineClient late = site.machineClient(machine)) {
            assertThatThrownBy(() -> late.orders(0)).isInstanceOf(IOException.class);
        }
        Registered again =
                register(passphrase(), "db-1", Previous.of(machine.identity()).orElseThrow());
        assertThat(again.id()).isEqualTo(machine.id());
        try (MachineClient back = site.machineClient(again)) {
            assertThat(back.orders(0).disks()).hasSize(1);
        }
    }

    @Test
    @DisplayName("A revoked machine comes back only after an administrator has admitted it")
    void revokedThenAdmitted() throws Exception {
        Registered machine = register(passphrase(), "db-1", null);
        String passphrase = passphrase();
        try (AdminClient admin = site.admin()) {
            admin.revokeMachine("db-1");
            assertThatThrownBy(() -> register(
                            passphrase, "db-1", Previous.of(machine.identity()).orElseThrow()))
                    .hasMessageContaining("was revoked");
            admin.admitMachine("db-1");
            Registered again = register(passphrase, "db-1", new Previous(machine.id(), null));
            assertThat(again.id()).isEqualTo(machine.id());
            try (MachineClient old = site.machineClient(machine);
                    MachineClient back = site.machineClient(again)) {
                assertThat(back.orders(0).name()).isEqualTo("db-1");
                assertThatThrownBy(() -> old.orders(0)).isInstanceOf(ControlException.class);
            }
            assertThatThrownBy(() -> register(passphrase, "db-1", new Previous(machine.id(), null)))
                    .as("the permission was for one registration")
                    .isInstanceOf(ControlException.class);
        }
    }

    @Test
    @DisplayName(
            "An admitted machine that died before it could keep its new certificate registers again; the name alone is not enough")
    void admittedAndDied() throws Exception {
        Registered machine = register(passphrase(), "db-1", null);
        try (MachineClient client = site.machineClient(machine)) {
            client.orders(0);
        }
        String passphrase = passphrase();
        try (AdminClient admin = site.admin()) {
            admin.admitMachine("db-1");
        }
        Registered lost = register(passphrase, "db-1", new Previous(machine.id(), null));
        assertThatThrownBy(() -> register(passphrase, "db-1", null))
                .as("a stranger that takes the name only")
                .hasMessageContaining("is taken");
        Registered kept = register(passphrase, "db-1", new Previous(machine.id(), null));
        assertThat(kept.id()).isEqualTo(machine.id());
        try (MachineClient first = site.machineClient(lost);
                MachineClient second = site.machineClient(kept)) {
            assertThatThrownBy(() -> first.orders(0)).isInstanceOf(ControlException.class);
            assertThat(second.orders(0).name()).isEqualTo("db-1");
        }
        assertThatThrownBy(() -> register(passphrase, "db-1", new Previous(machine.id(), null)))
                .as("the permission ends with the first use")
                .isInstanceOf(ControlException.class);
    }

    @Test
    @DisplayName("A recorded registration that is sent again, whole or with another key, is refused")
    void replay() throws Exception {
        X509Certificate ca = site.authority();
        RegistrationProof proof = RegistrationProof.byPassphrase(passphrase());
        SSLContext tls = TlsIdentity.anonymousContext(ca, PeerRole.CONFIGURATION_SERVER);
        try (ControlConnection connection = new ControlConnection(site.address(), tls)) {
            String nonce = Base64.getEncoder().encodeToString(Entropy.system().bytes(32));
            ChallengeAnswer challenge = connection.send(
                    "POST",
                    RegistrationPaths.CHALLENGE,
                    new ChallengeRequest(nonce, SecretKind.PASSPHRASE),
                    ChallengeAnswer.class);
            RegistrationRequest recorded = request(proof, ca, nonce, challenge.serverNonce());
            connection.send("POST", RegistrationPaths.REGISTRATION, recorded, RegistrationAnswer.class);
            RegistrationRequest otherKey = new RegistrationRequest(
                    recorded.role(),
                    recorded.name(),
                    null,
                    csr(),
                    recorded.secret(),
                    recorded.clientNonce(),
                    recorded.serverNonce(),
                    recorded.proof());
            for (RegistrationRequest sent : List.of(recorded, otherKey)) {
                assertThatThrownBy(() ->
                                connection.send("POST", RegistrationPaths.REGISTRATION, sent, RegistrationAnswer.class))
                        .isInstanceOfSatisfying(
                                ControlException.class,
                                refused -> assertThat(refused.status()).isEqualTo(401));
            }
            ChallengeAnswer second = connection.send(
                    "POST",
                    RegistrationPaths.CHALLENGE,
                    new ChallengeRequest(nonce, SecretKind.PASSPHRASE),
                    ChallengeAnswer.class);
            RegistrationRequest claimed = request(proof, ca, nonce, second.serverNonce());
            RegistrationRequest widened = new RegistrationRequest(
                    claimed.role(),
                    claimed.name(),
                    new RegistrationRequest.Previous(UUID.randomUUID(), null, null),
                    claimed.csr(),
                    claimed.secret(),
                    claimed.clientNonce(),
                    claimed.serverNonce(),
                    claimed.proof());
            assertThatThrownBy(() ->
                            connection.send("POST", RegistrationPaths.REGISTRATION, widened, RegistrationAnswer.class))
                    .as("the identity asked for is part of the proof")
                    .isInstanceOf(ControlException.class);
        }
    }

    private static RegistrationRequest request(
            RegistrationProof proof, X509Certificate ca, String clientNonce, String serverNonce) {
        String csr = csr();
        return new RegistrationRequest(
                "machine",
                "db-1",
                null,
                csr,
                SecretKind.PASSPHRASE,
                clientNonce,
                serverNonce,
                proof.ofClient(clientNonce, serverNonce, ca, csr, "machine", "db-1", ""));
    }

    private static String csr() {
        return Base64.getEncoder().encodeToString(CertificateRequest.draw().encoded());
    }

    @Test
    @DisplayName("Registrations of one address are limited; others are not held up")
    void limited() throws Exception {
        try (Caller flood =
                new Caller(site, TlsIdentity.anonymousContext(site.authority(), PeerRole.CONFIGURATION_SERVER))) {
            int refused = 0;
            for (int i = 0; i < 300 && refused == 0; i++) {
                refused = flood.ask("POST", RegistrationPaths.CHALLENGE, "{}").status() == 429 ? 1 : 0;
            }
            assertThat(refused).isEqualTo(1);
            try (AdminClient admin = site.admin()) {
                assertThat(admin.machines()).as("who has a certificate").isEmpty();
            }
        }
    }

    @Test
    @DisplayName("A renewed certificate takes over when it is first used, and not before")
    void renewal() throws Exception {
        Registered machine = register(passphrase(), "db-1", null);
        try (MachineClient old = site.machineClient(machine)) {
            TlsIdentity renewed = old.renew();
            old.orders(0);
            try (MachineClient fresh = new MachineClient(site.address(), renewed)) {
                fresh.orders(0);
                assertThatThrownBy(() -> old.orders(0)).isInstanceOf(ControlException.class);
            }
        }
    }

    @Test
    @DisplayName("A machine that ends its registration, once or again, is gone, and its certificate is refused")
    void unregister() throws Exception {
        Registered machine = register(passphrase(), "db-1", null);
        try (MachineClient client = site.machineClient(machine);
                AdminClient admin = site.admin()) {
            client.unregister();
            assertThat(admin.machines()).isEmpty();
            client.unregister();
            assertThatThrownBy(() -> client.orders(0)).isInstanceOf(ControlException.class);
        }
    }

    @Test
    @DisplayName(
            "No file of the data folder can be read by others, and none holds a key of the vault or passphrase in the"
                    + " database")
    void files() throws Exception {
        site.machine("db-1");
        String passphrase = passphrase();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                if (path.getFileName().toString().startsWith("configuration.db")) {
                    assertThat(new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1))
                            .doesNotContain(passphrase);
                }
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    private String passphrase() throws Exception {
        try (AdminClient admin = site.admin()) {
            return admin.passphrase();
        }
    }

    private Registered register(String passphrase, String name, Previous previous) throws Exception {
        return new RegistrationClient(
                        site.address(),
                        SecretKind.PASSPHRASE,
                        RegistrationProof.byPassphrase(passphrase),
                        Entropy.system())
                .register(PeerRole.MACHINE, name, previous);
    }
}

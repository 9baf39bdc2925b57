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
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.registration.ChallengeAnswer;
import dev.breakwater.control.registration.ChallengeRequest;
import dev.breakwater.control.registration.RegistrationClient;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.control.registration.RegistrationPaths;
import dev.breakwater.control.registration.RegistrationProof;
import dev.breakwater.control.registration.SecretKind;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
    @DisplayName("A machine that registers anew keeps its identity, and its old certificate is refused")
    void again() throws Exception {
        Registered first = register(passphrase(), "db-1", null);
        Registered second = register(passphrase(), "db-1", first.id());
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
    @DisplayName("A machine that ends its registration is gone, and its certificate is refused")
    void unregister() throws Exception {
        Registered machine = register(passphrase(), "db-1", null);
        try (MachineClient client = site.machineClient(machine);
                AdminClient admin = site.admin()) {
            client.unregister();
            assertThat(admin.machines()).isEmpty();
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

    private Registered register(String passphrase, String name, UUID previous) throws Exception {
        return new RegistrationClient(
                        site.address(),
                        SecretKind.PASSPHRASE,
                        RegistrationProof.byPassphrase(passphrase),
                        Entropy.system())
                .register(PeerRole.MACHINE, name, previous);
    }
}

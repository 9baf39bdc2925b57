package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.configurationserver.access.Access;
import dev.breakwater.configurationserver.access.AccessRules;
import dev.breakwater.configurationserver.access.AccessRules.Rule;
import dev.breakwater.control.ControlException;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.AdminPaths;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.UserView;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Attacks with certificates: wrong role, wrong owner, another authority, ended, revoked.
@Timeout(60)
class AccessTest {

    @TempDir
    private Path folder;

    private Site site;
    private TlsIdentity admin;

    @BeforeEach
    void start() throws Exception {
        site = new Site(folder);
        admin = TlsIdentity.load(folder.resolve("admin"));
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private TlsIdentity user(String name, PeerRole role) throws Exception {
        try (AdminClient client = site.admin()) {
            return client.issueUser(name, role, admin.trustedCa());
        }
    }

    @Test
    @DisplayName("On every route each role gets in exactly where the table says, and is refused everywhere else")
    void everyRouteWithEveryRole() throws Exception {
        Map<PeerRole, TlsIdentity> callers = new EnumMap<>(PeerRole.class);
        callers.put(PeerRole.MACHINE, site.machine("web-1").identity());
        callers.put(PeerRole.PROCESS_SERVER, site.processServer("ps-1").identity());
        callers.put(PeerRole.VIEWER, user("vera", PeerRole.VIEWER));
        callers.put(PeerRole.OPERATOR, user("otto", PeerRole.OPERATOR));
        callers.put(PeerRole.ADMINISTRATOR, user("anna", PeerRole.ADMINISTRATOR));
        for (var caller : callers.entrySet()) {
            try (Caller client = new Caller(site, caller.getValue())) {
                for (Rule rule : AccessRules.all()) {
                    if (heldBack(rule) || endsTheCaller(rule)) {
                        continue;
                    }
                    int status = client.ask(rule.method(), filled(rule.path()), body(rule))
                            .status();
                    boolean may = rule.who() == Access.ANYBODY || rule.who().admits(caller.getKey());
                    assertThat(status == 403 || status == 401)
                            .as(caller.getKey() + " " + rule.method() + " " + rule.path() + " answers " + status)
                            .isEqualTo(!may && !registers(rule));
                }
            }
        }
    }

    private static boolean heldBack(Rule rule) {
        return rule.path().endsWith("/stream")
                || rule.path().endsWith("/orders")
                || rule.path().endsWith("assignments");
    }

    private static boolean endsTheCaller(Rule rule) {
        return rule.method().equals("DELETE") && rule.path().endsWith("/registration");
    }

    private static boolean registers(Rule rule) {
        return rule.who() == Access.ANYBODY;
    }

    private static String filled(String path) {
        return path.replaceAll("\\{[a-z]+}", new UUID(0, 7).toString());
    }

    private static String body(Rule rule) {
        return rule.method().equals("GET") || rule.method().equals("DELETE") ? null : "{}";
    }

    @Test
    @DisplayName("Held-back routes refuse the wrong role at once")
    void heldBackRoutes() throws Exception {
        List<TlsIdentity> others = List.of(
                admin, user("vera", PeerRole.VIEWER), site.processServer("ps-1").identity());
        for (TlsIdentity other : others) {
            try (Caller client = new Caller(site, other)) {
                assertThat(client.ask("GET", "/api/v1/machine/orders", null).status())
                        .isEqualTo(403);
                assertThat(client.ask("DELETE", "/api/v1/machine/registration", null)
                                .status())
                        .isEqualTo(403);
            }
        }
        try (Caller machine = new Caller(site, site.machine("web-1").identity())) {
            assertThat(machine.ask("GET", "/api/v1/process-server/assignments", null)
                            .status())
                    .isEqualTo(403);
            assertThat(machine.ask("GET", AdminPaths.EVENT_STREAM, null).status())
                    .isEqualTo(403);
        }
    }

    @Test
    @DisplayName("Asking by another method, with a slash more or a path in disguise opens no side door")
    void disguises() throws Exception {
        try (Caller viewer = new Caller(site, user("vera", PeerRole.VIEWER));
                Caller nobody = new Caller(
                        site, TlsIdentity.anonymousContext(admin.trustedCa(), PeerRole.CONFIGURATION_SERVER))) {
            for (String path : List.of(
                    AdminPaths.PASSPHRASE,
                    AdminPaths.PASSPHRASE + "/",
                    "/api/v1/admin//passphrase",
                    "/api/v1/machine/../admin/passphrase",
                    "/api/v1/admin/%70assphrase",
                    "/api/v1/admin/passphrase;x=/api/v1/openapi.yaml")) {
                for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
                    assertThat(viewer.ask(method, path, null).body())
                            .as(method + " " + path)
                            .doesNotContain("\"passphrase\"");
                    assertThat(viewer.ask(method, path, null).status()).isGreaterThanOrEqualTo(400);
                    assertThat(nobody.ask(method, path, null).status()).isGreaterThanOrEqualTo(400);
                }
            }
        }
    }

    @Test
    @DisplayName("A certificate of another authority with the same names is refused, and so is one that has ended")
    void foreignAndEnded() throws Exception {
        CertificateAuthority elsewhere = CertificateAuthority.create("Elsewhere", Instant.now());
        PeerName name = admin.name().orElseThrow();
        TlsIdentity forged = elsewhere.newIdentity(name, List.of(), Instant.now());
        assertRefusedInTls(new TlsIdentity(forged.privateKey(), forged.chain(), admin.trustedCa()));
        CertificateAuthority own = authority();
        assertRefusedInTls(own.newIdentity(name, List.of(), Instant.now().minus(Duration.ofDays(31))));
        assertRefusedInTls(own.newIdentity(name, List.of(), Instant.now().plus(Duration.ofDays(3))));
        TlsIdentity unknown =
                own.newIdentity(new PeerName(PeerRole.ADMINISTRATOR, UUID.randomUUID()), List.of(), Instant.now());
        try (Caller client = new Caller(site, unknown)) {
            assertThat(client.ask("GET", AdminPaths.STATUS, null).status())
                    .as("signed by the authority, but issued to nobody the database knows")
                    .isEqualTo(401);
        }
        TlsIdentity raised = own.newIdentity(
                new PeerName(
                        PeerRole.ADMINISTRATOR,
                        user("vera", PeerRole.VIEWER).name().orElseThrow().id()),
                List.of(),
                Instant.now());
        try (Caller client = new Caller(site, raised)) {
            assertThat(client.ask("GET", AdminPaths.PASSPHRASE, null).status()).isEqualTo(401);
        }
    }

    private CertificateAuthority authority() throws Exception {
        return new dev.breakwater.configurationserver.authority.AuthorityFiles(
                        folder, dev.breakwater.platform.Entropy.system())
                .authority(Instant.now());
    }

    private void assertRefusedInTls(TlsIdentity identity) throws Exception {
        try (Caller client = new Caller(site, identity)) {
            assertThat(client.ask("GET", AdminPaths.STATUS, null).status()).isEqualTo(401);
        } catch (IOException e) {
            assertThat(e).hasStackTraceContaining("SSL");
        }
    }

    @Test
    @DisplayName("A revoked user is refused at once, what it has open is closed, and its name can be issued anew")
    void revokedUser() throws Exception {
        TlsIdentity otto = user("otto", PeerRole.OPERATOR);
        try (AdminClient client = site.admin();
                AdminClient revoked = new AdminClient(site.address(), otto)) {
            CompletableFuture<String> stream = new CompletableFuture<>();
            CompletableFuture<Event> first = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try (Stream<Event> events = revoked.eventStream(0)) {
                    events.forEach(first::complete);
                    stream.complete("ended");
                } catch (Exception e) {
                    stream.complete("broken");
                }
            });
            site.machine("web-1");
            first.get(10, TimeUnit.SECONDS);
            client.revokeUser("otto");
            assertThat(stream.get(10, TimeUnit.SECONDS)).isIn("ended", "broken");
            assertThatThrownBy(revoked::machines)
                    .isInstanceOfSatisfying(
                            ControlException.class,
                            refused -> assertThat(refused.status()).isEqualTo(401));
            assertThat(client.users())
                    .filteredOn(user -> user.name().equals("otto"))
                    .singleElement()
                    .extracting(UserView::revokedAt)
                    .isNotNull();
            client.issueUser("otto", PeerRole.VIEWER, admin.trustedCa());
            assertThatThrownBy(revoked::machines).isInstanceOf(ControlException.class);
            assertThatThrownBy(() -> client.revokeUser("local")).hasMessageContaining("local administrator");
        }
    }

    @Test
    @DisplayName("A user renews its certificate while other commands of it run; revoking takes both back")
    void renewedUser() throws Exception {
        TlsIdentity otto = user("otto", PeerRole.OPERATOR);
        try (AdminClient old = new AdminClient(site.address(), otto)) {
            TlsIdentity fresh = old.renew(otto);
            assertThat(fresh.name()).isEqualTo(otto.name());
            try (AdminClient renewed = new AdminClient(site.address(), fresh)) {
                assertThat(renewed.machines()).isEmpty();
                assertThat(old.machines()).isEmpty();
                try (AdminClient client = site.admin()) {
                    client.revokeUser("otto");
                }
                assertThatThrownBy(old::machines).isInstanceOf(ControlException.class);
                assertThatThrownBy(renewed::machines).isInstanceOf(ControlException.class);
            }
        }
    }

    @Test
    @DisplayName("A revoked machine is refused at once, also in the middle of a request that is held back")
    void revokedMachine() throws Exception {
        Registered machine = site.machine("web-1");
        try (AdminClient client = site.admin();
                MachineClient agent = site.machineClient(machine)) {
            long version = agent.orders(0).version();
            CompletableFuture<String> heldBack = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    heldBack.complete("answered " + agent.orders(version));
                } catch (Exception e) {
                    heldBack.complete("closed");
                }
            });
            client.revokeMachine("web-1");
            assertThat(heldBack.get(10, TimeUnit.SECONDS)).isEqualTo("closed");
            assertThatThrownBy(() -> agent.orders(0))
                    .isInstanceOfSatisfying(
                            ControlException.class,
                            refused -> assertThat(refused.status()).isEqualTo(401));
            assertThatThrownBy(agent::renew).isInstanceOf(ControlException.class);
            assertThat(client.machine("web-1").problems())
                    .anyMatch(problem -> problem.text().contains("revoked"));
        }
    }

    @Test
    @DisplayName("A process server that is revoked gets no keys, and its machines are told to send it nothing")
    void revokedProcessServer() throws Exception {
        Registered server = site.processServer("ps-1");
        try (AdminClient client = site.admin()) {
            client.revokeProcessServer("ps-1");
            try (var revoked = site.serverClient(server)) {
                assertThatThrownBy(() -> revoked.assignments(0))
                        .isInstanceOfSatisfying(
                                ControlException.class,
                                refused -> assertThat(refused.status()).isEqualTo(401));
            }
            assertThat(client.processServers().getFirst().problems())
                    .anyMatch(problem -> problem.text().contains("revoked"));
        }
    }
}

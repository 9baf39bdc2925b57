package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.control.ControlException;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.AdminPaths;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.machine.CaptureFigures;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.ProcessServerClient;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.ProcessServerHealth.ActiveThrottle;
import dev.breakwater.control.processserver.ProcessServerHealth.MachineTraffic;
import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {

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
    @DisplayName("metrics have what process server and machine told, and leave out what nobody knows")
    void metrics() throws Exception {
        Registered machine = site.machine("web-1");
        Registered server = site.processServer("ps-1");
        try (AdminClient admin = site.admin();
                MachineClient agent = site.machineClient(machine);
                ProcessServerClient gateway = site.serverClient(server)) {
            admin.protect("web-1", new ProtectRequest(List.of("/dev/sda"), null, null));
            gateway.health(told(
                    new MachineTraffic(new MachineId(machine.id()), true, 1234, 5, 34, 99, 2, true),
                    new MachineTraffic(new MachineId(UUID.randomUUID()), true, 666, 0, 0, 0, 0, false)));
            assertThat(admin.metrics().lines())
                    .contains("breakwater_process_server_machines{process_server=\"ps-1\"} 1.0")
                    .noneMatch(line -> line.startsWith("breakwater_machine_rpo_seconds"))
                    .noneMatch(line -> line.startsWith("breakwater_machine_freeze_seconds"));
            agent.status(new MachineStatus(
                    MachineState.REPLICATING,
                    List.of(),
                    null,
                    null,
                    0,
                    17,
                    2500,
                    List.of(),
                    new CaptureFigures(4, 1, 60, 30, 100, 50, null, 2, 999, 3, 8192),
                    null));
            assertThat(admin.metrics().lines())
                    .contains(
                            "breakwater_replication_received_bytes_total{machine=\"web-1\",process_server=\"ps-1\"} 1234.0",
                            "breakwater_replication_open_bytes{machine=\"web-1\",process_server=\"ps-1\"} 34.0",
                            "breakwater_replication_credit_bytes{machine=\"web-1\",process_server=\"ps-1\"} 99.0",
                            "breakwater_replication_held_back{machine=\"web-1\",process_server=\"ps-1\"} 1.0",
                            "breakwater_process_server_throttle_bytes_per_second{process_server=\"ps-1\"} 2.0E7",
                            "breakwater_process_server_memory_ratio{process_server=\"ps-1\"} 0.3",
                            "breakwater_vault_maintenance_runs_total{process_server=\"ps-1\"} 2.0",
                            "breakwater_machine_freeze_seconds_count{machine=\"web-1\"} 4",
                            "breakwater_machine_freeze_seconds_sum{machine=\"web-1\"} 0.06",
                            "breakwater_machine_longest_stall_seconds{machine=\"web-1\"} 0.05",
                            "breakwater_machine_tracking_losses_total{machine=\"web-1\"} 2.0",
                            "breakwater_machine_spool_bytes{machine=\"web-1\"} 17.0",
                            "breakwater_machine_lag_seconds{machine=\"web-1\"} 2.5")
                    .noneMatch(line -> line.startsWith("breakwater_process_server_cpu_ratio"))
                    .noneMatch(line -> line.startsWith("breakwater_process_server_drain_seconds"))
                    .noneMatch(line -> line.startsWith("breakwater_machine_tracked_writes"))
                    .noneMatch(line -> line.contains("666"));
            assertThat(admin.status().notes())
                    .singleElement()
                    .asString()
                    .contains("ps-1", "20.0 MB/s", "2026-11-26T17:00:00Z", "web-1 (no point yet)");
        }
    }

    private static ProcessServerHealth told(MachineTraffic... machines) {
        return new ProcessServerHealth(
                "test",
                List.of("10.0.0.1"),
                9443,
                null,
                30.0,
                90,
                5,
                5,
                null,
                null,
                true,
                List.of(machines),
                List.of(),
                new ProcessServerHealth.Counts(7_000, 1, 2, 0, 3, 4, 5),
                new ActiveThrottle(20_000_000, Instant.parse("2026-11-26T17:00:00Z")));
    }

    @Test
    @DisplayName("figures that are not known make nobody ill, and a process server without them stays eligible")
    void unknownIsNotCritical() throws Exception {
        Registered server = site.processServer("ps-1");
        try (AdminClient admin = site.admin();
                ProcessServerClient gateway = site.serverClient(server)) {
            gateway.health(told());
            assertThat(admin.processServers()).singleElement().satisfies(view -> {
                assertThat(view.figures().cpuPercent()).isNull();
                assertThat(view.problems()).isEmpty();
            });
        }
    }

    @Test
    @DisplayName("metrics need a certificate with the role; health needs none and tells nothing but whether it is up")
    void access() throws Exception {
        TlsIdentity admin = TlsIdentity.load(folder.resolve("admin"));
        SSLContext nobody = TlsIdentity.anonymousContext(admin.trustedCa(), PeerRole.CONFIGURATION_SERVER);
        assertThat(get(nobody, AdminPaths.METRICS).statusCode()).isEqualTo(401);
        Registered machine = site.machine("web-1");
        assertThat(get(machine.identity().clientContext(PeerRole.CONFIGURATION_SERVER), AdminPaths.METRICS)
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> health = get(nobody, AdminPaths.HEALTH);
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    @DisplayName("a limit reaches the process server, shows, survives a restart and is lifted")
    void throttle() throws Exception {
        ThrottleSetting setting = new ThrottleSetting("Mo-Fr 08:00-18:00 20MB/s", "Europe/Berlin");
        Registered server = site.processServer("ps-1");
        long version;
        try (AdminClient admin = site.admin();
                ProcessServerClient gateway = site.serverClient(server)) {
            version = gateway.assignments(0).version();
            assertThat(admin.throttle("ps-1", setting).throttle()).isEqualTo(setting);
            Assignments changed = gateway.assignments(version);
            assertThat(changed.throttle()).isEqualTo(setting);
            assertThatThrownBy(() -> admin.throttle("ps-9", setting)).isInstanceOf(ControlException.class);
        }
        site.restart();
        try (AdminClient admin = site.admin();
                ProcessServerClient gateway = site.serverClient(server)) {
            assertThat(gateway.assignments(0).throttle()).isEqualTo(setting);
            ProcessServerView lifted = admin.liftThrottle("ps-1");
            assertThat(lifted.throttle()).isNull();
            assertThat(gateway.assignments(0).throttle()).isNull();
        }
    }

    private HttpResponse<String> get(SSLContext tls, String path) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + site.server.httpsPort() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}

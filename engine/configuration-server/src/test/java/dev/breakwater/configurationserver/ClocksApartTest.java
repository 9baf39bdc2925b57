package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerClient;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Of a machine whose clock is off")
class ClocksApartTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("health says by how much, and the age of its newest point is right nevertheless")
    void saidAndReckonedWith() throws Exception {
        try (Site site = new Site(folder)) {
            Registered server = site.processServer("ps-1");
            Registered machine = site.machine("web-1");
            try (AdminClient admin = site.admin();
                    MachineClient agent = site.machineClient(machine);
                    ProcessServerClient gateway = site.serverClient(server)) {
                admin.protect("web-1", new ProtectRequest(List.of("/dev/sda"), "default", "ps-1"));
                Duration behind = Duration.ofMinutes(70);
                gateway.durable(DurableReport.of(List.of(site.durable(
                        new MachineId(machine.id()),
                        new PointId(UUID.randomUUID()),
                        1,
                        Instant.now().minus(behind)))));

                agent.status(status(Instant.now().minus(behind).minusSeconds(30)));
                MachineView off = admin.machine("web-1");
                assertThat(off.health()).isEqualTo(Health.WARNING);
                assertThat(off.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.text()).contains("70 min behind");
                    assertThat(problem.cause()).isEqualTo("clock-behind");
                    assertThat(problem.values()).containsEntry("minutes", "70");
                });
                assertThat(off.rpoSeconds()).isLessThan(60);

                agent.status(status(Instant.now()));
                assertThat(admin.machine("web-1").problems())
                        .singleElement()
                        .asString()
                        .contains("The newest recovery point is 70 min old");

                for (Instant nonsense : List.of(Instant.MIN, Instant.MAX)) {
                    agent.status(status(nonsense));
                    assertThat(admin.machine("web-1").health())
                            .as("of a machine that says it is %s", nonsense)
                            .isNotEqualTo(Health.NORMAL);
                }

                agent.status(status(null));
                assertThat(admin.machine("web-1").rpoSeconds())
                        .as("of a machine that does not tell its time")
                        .isGreaterThanOrEqualTo(behind.toSeconds());
            }
        }
    }

    private static MachineStatus status(@Nullable Instant clock) {
        return new MachineStatus(MachineState.REPLICATING, List.of(), null, null, 0, 0, 0, List.of(), null, clock);
    }
}

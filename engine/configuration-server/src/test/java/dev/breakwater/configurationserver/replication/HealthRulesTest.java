package dev.breakwater.configurationserver.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.configurationserver.replication.LiveStatus.MachineHeard;
import dev.breakwater.configurationserver.replication.LiveStatus.ServerHeard;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.processserver.ProcessServerHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Health that is not normal")
class HealthRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:42:00Z");
    private static final Duration THRESHOLD = Duration.ofMinutes(15);

    private final List<Problem> problems = new ArrayList<>();

    private static MachineStatus status(MachineState state, String... remarks) {
        return new MachineStatus(state, List.of(), null, null, 0, 0, 0, List.of(remarks), null, null);
    }

    private static ProcessServerHealth server(
            double processor, double memory, double freeCache, long drainSeconds, boolean vault, String... remarks) {
        return new ProcessServerHealth(
                "0.1.0",
                List.of("ps-1"),
                9443,
                processor,
                memory,
                freeCache,
                0,
                0,
                drainSeconds,
                0L,
                vault,
                List.of(),
                List.of(remarks),
                null,
                null);
    }

    @Test
    @DisplayName("of a machine is told by causes with their figures: old point, silence, wrong clock, standstill")
    void machine() {
        MachineHeard heard = new MachineHeard(
                NOW.minusSeconds(250),
                1,
                status(MachineState.BLOCKED, "The disk /dev/sdb is gone.", "Bring it back."),
                Duration.ofMinutes(-70));
        assertThat(HealthRules.ofMachine(heard, NOW, Duration.ofSeconds(4210), THRESHOLD, problems))
                .isEqualTo(Health.CRITICAL);
        assertThat(problems)
                .extracting(Problem::cause)
                .containsExactly("silent", "clock-behind", "replication-blocked", "rpo-exceeded");
        assertThat(problems)
                .extracting(Problem::values)
                .containsExactly(
                        Map.of("minutes", "4"),
                        Map.of("minutes", "70"),
                        Map.of("remark", "The disk /dev/sdb is gone. Bring it back."),
                        Map.of("minutes", "70", "thresholdMinutes", "15"));
        assertThat(problems.getLast().text())
                .isEqualTo("The newest recovery point is 70 min old, past the threshold of 15 min.");
    }

    @Test
    @DisplayName("of a machine that has not spoken, or spools, or is ahead, has a cause each")
    void otherMachines() {
        HealthRules.ofMachine(null, NOW, null, THRESHOLD, problems);
        HealthRules.ofMachine(
                new MachineHeard(NOW, 1, status(MachineState.SPOOLING), Duration.ofMinutes(3)),
                NOW,
                null,
                THRESHOLD,
                problems);
        assertThat(problems).extracting(Problem::cause).containsExactly("machine-not-heard", "clock-ahead", "spooling");
    }

    @Test
    @DisplayName("of a process server is told by causes with their figures")
    void servers() {
        ServerHeard heard = new ServerHeard(NOW, server(96.4, 81, 24.4, 46 * 60, true, "The cache folder is full."));
        assertThat(HealthRules.ofProcessServer(heard, NOW, problems)).isEqualTo(Health.CRITICAL);
        assertThat(problems)
                .extracting(Problem::cause)
                .containsExactly("processor-load", "memory-in-use", "cache-low", "upload-slow", "server-remark");
        assertThat(problems)
                .extracting(Problem::values)
                .containsExactly(
                        Map.of("percent", "96"),
                        Map.of("percent", "81"),
                        Map.of("percent", "24"),
                        Map.of("minutes", "46"),
                        Map.of("remark", "The cache folder is full."));
        problems.clear();
        HealthRules.ofProcessServer(new ServerHeard(NOW, server(1, 1, 99, 0, false)), NOW, problems);
        HealthRules.ofProcessServer(null, NOW, problems);
        assertThat(problems).extracting(Problem::cause).containsExactly("vault-unreachable", "server-not-heard");
    }

    @Test
    @DisplayName("does not break on a machine that says more than an answer can hold")
    void hostile() {
        String[] remarks = new String[256];
        java.util.Arrays.fill(remarks, "x".repeat(10_000));
        HealthRules.ofMachine(
                new MachineHeard(NOW, 1, status(MachineState.BLOCKED, remarks), null), NOW, null, THRESHOLD, problems);
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).hasSizeLessThan(10_000));
    }
}

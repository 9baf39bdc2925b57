package dev.breakwater.desktop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.admin.ProblemCause;
import dev.breakwater.desktop.fixture.SampleSite;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What needs attention")
class AttentionTest {

    private static List<Attention> of(Problem... problems) {
        List<MachineView> machines = IntStream.range(0, problems.length)
                .mapToObj(number -> machine(number, problems[number]))
                .toList();
        return Attention.of(machines, List.of());
    }

    private static MachineView machine(int number, Problem problem) {
        MachineView machine = SampleSite.machine(number);
        return new MachineView(
                machine.id(),
                machine.name(),
                machine.state(),
                machine.testFailoverState(),
                machine.health(),
                List.of(problem),
                machine.policy(),
                machine.processServer(),
                machine.processServerName(),
                machine.disks(),
                machine.lastHeartbeat(),
                machine.newestPoint(),
                machine.newestPointTime(),
                machine.rpoSeconds(),
                machine.status(),
                machine.inventory(),
                machine.healthSince(),
                machine.lastTest());
    }

    @Test
    @DisplayName("is one cause for points of any age")
    void figures() {
        assertThat(of(
                        ProblemCause.RPO_EXCEEDED.problem("7 min old, past 5 min.", 7, 5),
                        ProblemCause.RPO_EXCEEDED.problem("9 min old, past 6 min.", 9, 6)))
                .singleElement()
                .satisfies(cause -> {
                    assertThat(cause.names()).hasSize(2);
                    assertThat(cause.example().values()).containsEntry("minutes", "7");
                });
    }

    @Test
    @DisplayName("is told apart by what machines say themselves, whatever the figures in it")
    void said() {
        assertThat(of(
                        ProblemCause.REPLICATION_BLOCKED.problem("Blocked.", "The spool of 7 GB is full."),
                        ProblemCause.REPLICATION_BLOCKED.problem("Blocked.", "The spool of 9 GB is full."),
                        ProblemCause.REPLICATION_BLOCKED.problem("Blocked.", "A disk is gone.")))
                .extracting(cause -> cause.names().size())
                .containsExactly(2, 1);
    }

    @Test
    @DisplayName("is one cause for a word of a newer engine too")
    void newer() {
        assertThat(of(
                        new Problem("sun-too-hot", Map.of("degrees", "41"), "The sun has 41 degrees."),
                        new Problem("sun-too-hot", Map.of("degrees", "42"), "The sun has 42 degrees.")))
                .hasSize(1);
    }
}

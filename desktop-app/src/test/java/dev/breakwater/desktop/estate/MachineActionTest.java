package dev.breakwater.desktop.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.admin.TestFailoverState;
import dev.breakwater.model.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineActionTest {

    @ParameterizedTest(name = "{0}, test {1}, point {2}")
    @CsvSource(delimiter = '|', nullValues = "yes", textBlock = """
            UNPROTECTED                     | NONE                    | false | NOT_PROTECTED | NO_TEST   | NOT_PROTECTED | NOT_PROTECTED | NOT_PROTECTED
            ENABLING_PROTECTION             | NONE                    | false | NO_POINT      | NO_TEST   | FIRST_COPY    | yes | yes
            INITIAL_REPLICATION_IN_PROGRESS | NONE                    | false | NO_POINT      | NO_TEST   | FIRST_COPY    | yes | yes
            INITIAL_REPLICATION_IN_PROGRESS | NONE                    | true  | yes           | NO_TEST   | FIRST_COPY    | yes | yes
            PROTECTED                       | NONE                    | true  | yes           | NO_TEST   | yes           | yes | yes
            PROTECTED                       | NONE                    | false | NO_POINT      | NO_TEST   | yes           | yes | yes
            PROTECTED                       | TEST_FAILOVER_INITIATED | true  | TEST_RUNS     | TEST_RUNS | yes           | TEST_RUNS | yes
            PROTECTED                       | COMPLETED               | true  | TEST_RUNS     | yes       | yes           | TEST_RUNS | yes
            PROTECTED                       | FAILED                  | true  | TEST_RUNS     | yes       | yes           | TEST_RUNS | yes
            PROTECTED                       | CLEANUP_INITIATED       | true  | TEST_RUNS     | NO_TEST   | yes           | TEST_RUNS | yes
            DISABLING_PROTECTION            | NONE                    | true  | yes           | NO_TEST   | ENDING        | ENDING | ENDING
            """)
    @DisplayName("each state allows its actions and says why not the others")
    void states(
            ProtectionState state,
            TestFailoverState test,
            boolean point,
            MachineAction.Refusal testFailover,
            MachineAction.Refusal cleanUp,
            MachineAction.Refusal resynchronise,
            MachineAction.Refusal unprotect,
            MachineAction.Refusal changePolicy) {
        MachineView machine = machine(state, test, point);
        assertThat(MachineAction.TEST_FAILOVER.refusal(machine).orElse(null)).isEqualTo(testFailover);
        assertThat(MachineAction.CLEAN_UP.refusal(machine).orElse(null)).isEqualTo(cleanUp);
        assertThat(MachineAction.RESYNCHRONISE.refusal(machine).orElse(null)).isEqualTo(resynchronise);
        assertThat(MachineAction.CREATE_POINT.refusal(machine).orElse(null)).isEqualTo(resynchronise);
        assertThat(MachineAction.CHANGE_POLICY.refusal(machine).orElse(null)).isEqualTo(changePolicy);
        assertThat(MachineAction.UNPROTECT.refusal(machine).orElse(null)).isEqualTo(unprotect);
    }

    private static MachineView machine(ProtectionState state, TestFailoverState test, boolean point) {
        return new MachineView(
                new MachineId(new UUID(1, 1)),
                "m",
                state,
                test,
                Health.NORMAL,
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                point ? Instant.EPOCH : null,
                null,
                null,
                null,
                null,
                null);
    }
}

package dev.breakwater.desktop.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.LastTest;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.MachineView.ProtectedDisk;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.admin.TestFailoverState;
import dev.breakwater.control.admin.TestOutcome;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private static MachineView machine(ProtectionState state, boolean point, boolean boot, LastTest test) {
        return new MachineView(
                new MachineId(new UUID(1, 1)),
                "m",
                state,
                TestFailoverState.NONE,
                Health.NORMAL,
                List.of(),
                null,
                null,
                null,
                List.of(new ProtectedDisk(new DiskId(new UUID(2, 2)), "/dev/sda", 1, boot)),
                null,
                null,
                point ? NOW : null,
                null,
                null,
                null,
                null,
                test);
    }

    private static Readiness of(LastTest test) {
        return Readiness.of(machine(ProtectionState.PROTECTED, true, true, test), NOW, Settings.USUAL_TEST_COUNTS)
                .orElseThrow();
    }

    private static LastTest test(int days, boolean cameUp, TestOutcome outcome) {
        return new LastTest(new UUID(3, 3), NOW.minus(Duration.ofDays(days)), null, cameUp, null, outcome, null);
    }

    @Test
    @DisplayName("tested with success within 180 days, with a point and a disk to start from, is ready")
    void ready() {
        assertThat(of(test(180, true, TestOutcome.SUCCEEDED))).isEqualTo(Readiness.READY);
        assertThat(of(test(181, true, TestOutcome.SUCCEEDED))).isEqualTo(Readiness.TEST_OLD);
        assertThat(of(null)).isEqualTo(Readiness.NEVER_TESTED);
    }

    @Test
    @DisplayName("a person's word goes before the probes'")
    void verdicts() {
        assertThat(of(test(1, true, null))).isEqualTo(Readiness.READY);
        assertThat(of(test(1, false, null))).isEqualTo(Readiness.TEST_FAILED);
        assertThat(of(test(1, true, TestOutcome.NOT_AS_EXPECTED))).isEqualTo(Readiness.TEST_FAILED);
        assertThat(of(test(1, false, TestOutcome.SUCCEEDED))).isEqualTo(Readiness.READY);
    }

    @Test
    @DisplayName("what it lacks is told")
    void gap() {
        assertThat(Readiness.gap(machine(ProtectionState.PROTECTED, false, false, null)))
                .contains(Readiness.Gap.NO_POINT);
        assertThat(Readiness.gap(machine(ProtectionState.PROTECTED, true, false, null)))
                .contains(Readiness.Gap.NO_BOOT_DISK);
        assertThat(Readiness.gap(machine(ProtectionState.PROTECTED, true, true, null)))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "without a point or a disk to start from it is incomplete, whatever was tested; unprotected it has none")
    void incomplete() {
        LastTest good = test(1, true, TestOutcome.SUCCEEDED);
        assertThat(Readiness.of(machine(ProtectionState.PROTECTED, false, true, good), NOW, Settings.USUAL_TEST_COUNTS))
                .contains(Readiness.INCOMPLETE);
        assertThat(Readiness.of(machine(ProtectionState.PROTECTED, true, false, good), NOW, Settings.USUAL_TEST_COUNTS))
                .contains(Readiness.INCOMPLETE);
        assertThat(Readiness.of(
                        machine(ProtectionState.UNPROTECTED, true, true, good), NOW, Settings.USUAL_TEST_COUNTS))
                .isEmpty();
    }
}

package dev.breakwater.desktop.estate;

import dev.breakwater.control.admin.LastTest;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.MachineView.ProtectedDisk;
import dev.breakwater.control.admin.ProtectionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a protected machine could be recovered today, as far as is known; health says only that it replicates. Every
/// protected machine has exactly one, the first that applies.
public enum Readiness {
    /// There is nothing to recover yet: no recovery point, or no disk to start from.
    INCOMPLETE,
    /// It was never tested, or no test was cleaned up.
    NEVER_TESTED,
    /// Its last test was not as expected.
    TEST_FAILED,
    /// Its last test was longer ago than a test counts.
    TEST_OLD,
    /// Tested with success lately, and complete.
    READY;

    /// What a machine lacks.
    public enum Gap {
        /// It has no recovery point yet.
        NO_POINT,
        /// The disk that the machine starts from is not among the protected ones.
        NO_BOOT_DISK
    }

    /// A machine's; nothing if it is not protected.
    ///
    /// @param testCounts how long a test counts
    public static Optional<Readiness> of(MachineView machine, Instant now, Duration testCounts) {
        if (machine.state() == ProtectionState.UNPROTECTED || machine.state() == ProtectionState.DISABLING_PROTECTION) {
            return Optional.empty();
        }
        return Optional.of(gap(machine).isPresent() ? INCOMPLETE : tested(machine, now, testCounts));
    }

    /// Why a protected machine is [#INCOMPLETE]; nothing if it is not.
    public static Optional<Gap> gap(MachineView machine) {
        if (machine.newestPointTime() == null) {
            return Optional.of(Gap.NO_POINT);
        }
        boolean noBootDisk =
                !machine.disks().isEmpty() && machine.disks().stream().noneMatch(ProtectedDisk::boot);
        return noBootDisk ? Optional.of(Gap.NO_BOOT_DISK) : Optional.empty();
    }

    private static Readiness tested(MachineView machine, Instant now, Duration testCounts) {
        LastTest test = machine.lastTest();
        if (test == null) {
            return NEVER_TESTED;
        }
        if (!test.succeeded()) {
            return TEST_FAILED;
        }
        return Duration.between(test.testedAt(), now).compareTo(testCounts) > 0 ? TEST_OLD : READY;
    }
}

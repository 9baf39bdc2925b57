package dev.breakwater.desktop.estate;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.admin.TestFailoverState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be done with a machine, and when not and why. The engine has the last word; this only spares a refusal.
public enum MachineAction {
    /// Starts it from a point in an isolated network.
    TEST_FAILOVER,
    /// Removes what a test failover made.
    CLEAN_UP,
    /// Takes a recovery point now.
    CREATE_POINT,
    /// Compares its disks with the vault.
    RESYNCHRONISE,
    /// Puts it under another policy.
    CHANGE_POLICY,
    /// Ends its protection.
    UNPROTECT;

    /// Why an action is not possible now.
    public enum Refusal {
        /// It is not protected.
        NOT_PROTECTED,
        /// Its first copy is not complete.
        FIRST_COPY,
        /// Its protection is just being ended.
        ENDING,
        /// It has no recovery point.
        NO_POINT,
        /// A test failover runs or waits for clean-up.
        TEST_RUNS,
        /// There is nothing to clean up.
        NO_TEST
    }

    /// Why this is not possible with a machine; nothing if it is.
    public Optional<Refusal> refusal(MachineView machine) {
        return Optional.ofNullable(
                switch (this) {
                    case CLEAN_UP -> cleanUp(machine.testFailoverState());
                    case TEST_FAILOVER -> testFailover(machine);
                    case CHANGE_POLICY -> changePolicy(machine.state());
                    case UNPROTECT -> unprotect(machine);
                    case CREATE_POINT, RESYNCHRONISE -> unlessReplicating(machine.state());
                });
    }

    private static @Nullable Refusal cleanUp(TestFailoverState state) {
        return switch (state) {
            case COMPLETED, FAILED -> null;
            case TEST_FAILOVER_INITIATED -> Refusal.TEST_RUNS;
            case NONE, CLEANUP_INITIATED -> Refusal.NO_TEST;
        };
    }

    private static @Nullable Refusal testFailover(MachineView machine) {
        if (machine.testFailoverState() != TestFailoverState.NONE) {
            return Refusal.TEST_RUNS;
        }
        // Points outlive a resynchronisation and a silent machine: one is enough.
        if (machine.newestPointTime() != null) {
            return machine.state() == ProtectionState.UNPROTECTED ? Refusal.NOT_PROTECTED : null;
        }
        return machine.state() == ProtectionState.UNPROTECTED ? Refusal.NOT_PROTECTED : Refusal.NO_POINT;
    }

    private static @Nullable Refusal changePolicy(ProtectionState state) {
        return switch (state) {
            case UNPROTECTED -> Refusal.NOT_PROTECTED;
            case DISABLING_PROTECTION -> Refusal.ENDING;
            case ENABLING_PROTECTION, INITIAL_REPLICATION_IN_PROGRESS, PROTECTED -> null;
        };
    }

    private static @Nullable Refusal unprotect(MachineView machine) {
        return switch (machine.state()) {
            case UNPROTECTED -> Refusal.NOT_PROTECTED;
            case DISABLING_PROTECTION -> Refusal.ENDING;
            case ENABLING_PROTECTION, INITIAL_REPLICATION_IN_PROGRESS, PROTECTED ->
                machine.testFailoverState() == TestFailoverState.NONE ? null : Refusal.TEST_RUNS;
        };
    }

    private static @Nullable Refusal unlessReplicating(ProtectionState state) {
        return switch (state) {
            case PROTECTED -> null;
            case UNPROTECTED -> Refusal.NOT_PROTECTED;
            case ENABLING_PROTECTION, INITIAL_REPLICATION_IN_PROGRESS -> Refusal.FIRST_COPY;
            case DISABLING_PROTECTION -> Refusal.ENDING;
        };
    }
}

package dev.breakwater.desktop.machines;

import dev.breakwater.control.admin.LastTest;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.desktop.estate.MachineHealth;
import dev.breakwater.desktop.estate.NextAction;
import dev.breakwater.desktop.estate.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A machine as the table shows, filters and sorts it: everything worked out once.
///
/// @param machine what the engine says
/// @param health how well it does
/// @param state what happens with it now
/// @param nextAction what it waits for
/// @param policyRpo threshold of its policy; absent if it has none
/// @param progress of the copy or comparison that runs, 0 to 1; absent if none runs
/// @param readiness whether it could be recovered; absent if it is not protected
/// @param key what a text filter looks in, lower case
record MachineRow(
        MachineView machine,
        MachineHealth health,
        State state,
        NextAction nextAction,
        @Nullable Duration policyRpo,
        @Nullable Double progress,
        @Nullable Readiness readiness,
        String key) {

    /// What happens with a machine now.
    enum State {
        UNPROTECTED,
        ENABLING,
        INITIAL_REPLICATION,
        PROTECTED,
        RESYNCHRONISING,
        SPOOLING,
        BLOCKED,
        TEST_RUNNING,
        TEST_DONE,
        DISABLING
    }

    /// A machine's row.
    ///
    /// @param now when this was so
    /// @param thresholds RPO threshold of each policy, by name
    /// @param testCounts how long a test counts
    static MachineRow of(MachineView machine, Map<String, Duration> thresholds, Instant now, Duration testCounts) {
        return new MachineRow(
                machine,
                MachineHealth.of(machine),
                state(machine),
                NextAction.of(machine),
                machine.policy() == null ? null : thresholds.get(machine.policy()),
                progressOf(machine.status()),
                Readiness.of(machine, now, testCounts).orElse(null),
                key(machine));
    }

    private static State state(MachineView machine) {
        return switch (machine.state()) {
            case UNPROTECTED -> State.UNPROTECTED;
            case ENABLING_PROTECTION -> State.ENABLING;
            case INITIAL_REPLICATION_IN_PROGRESS -> State.INITIAL_REPLICATION;
            case DISABLING_PROTECTION -> State.DISABLING;
            case PROTECTED ->
                switch (machine.testFailoverState()) {
                    case TEST_FAILOVER_INITIATED, CLEANUP_INITIATED -> State.TEST_RUNNING;
                    case COMPLETED, FAILED -> State.TEST_DONE;
                    case NONE -> replicating(machine.status());
                };
        };
    }

    private static State replicating(@Nullable MachineStatus status) {
        MachineState told = status == null ? MachineState.REPLICATING : status.state();
        return switch (told) {
            case RESYNCHRONISING -> State.RESYNCHRONISING;
            case SPOOLING -> State.SPOOLING;
            case BLOCKED -> State.BLOCKED;
            case IDLE, INITIAL_REPLICATION, REPLICATING -> State.PROTECTED;
        };
    }

    private static @Nullable Double progressOf(@Nullable MachineStatus status) {
        if (status == null
                || (status.state() != MachineState.INITIAL_REPLICATION
                        && status.state() != MachineState.RESYNCHRONISING)) {
            return null;
        }
        long total = 0;
        long done = 0;
        for (MachineStatus.DiskProgress disk : status.disks()) {
            total += disk.totalBytes();
            done += disk.doneBytes();
        }
        return total == 0 ? null : (Double) ((double) done / total);
    }

    private static String key(MachineView machine) {
        MachineInventory inventory = machine.inventory();
        String more = inventory == null ? "" : " " + inventory.hostName() + " " + inventory.operatingSystem();
        return (machine.name() + more).toLowerCase(Locale.ROOT);
    }

    /// Whether it is protected, or is about to be.
    boolean isProtected() {
        return machine.state() != ProtectionState.UNPROTECTED;
    }

    /// Age of its newest point; absent if not known.
    @Nullable
    Duration rpo() {
        Long seconds = machine.rpoSeconds();
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    /// Whether its RPO is over its policy's threshold.
    boolean isOverPolicy() {
        Duration rpo = rpo();
        return rpo != null && policyRpo != null && rpo.compareTo(policyRpo) > 0;
    }

    /// What it sends now, bytes per second; absent if not known.
    @Nullable
    Long rate() {
        MachineStatus status = machine.status();
        return status == null ? null : (Long) status.bytesPerSecond();
    }

    /// When it was last tested; absent if never.
    @Nullable
    Instant lastTestedAt() {
        LastTest test = machine.lastTest();
        return test == null ? null : test.testedAt();
    }

    /// Its operating system; absent if not known.
    @Nullable
    String operatingSystem() {
        MachineInventory inventory = machine.inventory();
        return inventory == null ? null : inventory.operatingSystem();
    }

    /// Version of its mobility service; absent if not known.
    @Nullable
    String agentVersion() {
        MachineInventory inventory = machine.inventory();
        return inventory == null ? null : inventory.agentVersion();
    }
}

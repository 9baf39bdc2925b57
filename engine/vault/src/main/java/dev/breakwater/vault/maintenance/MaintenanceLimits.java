package dev.breakwater.vault.maintenance;

import dev.breakwater.vault.log.MachineWriter;
import java.time.Duration;

/// When maintenance does what.
///
/// @param slotsPerCheckpoint slots after which a checkpoint is due
/// @param slotsPerCompaction slots after which compaction is due
/// @param grace how long an object stays after its deletion was recorded: readers that opened the log before need
///     it
/// @param orphanGrace the same for segments that no slot ever named: a generation that is being written may have
///     made
///     them, so no generation may stay open for longer
/// @param segmentBytes size at which a segment is cut
/// @param inlineBytes an index that is smaller lies in the checkpoint itself
/// @param compactionBytes bytes of data that one compaction copies at most
public record MaintenanceLimits(
        int slotsPerCheckpoint,
        int slotsPerCompaction,
        Duration grace,
        Duration orphanGrace,
        int segmentBytes,
        int inlineBytes,
        long compactionBytes) {

    /// A checkpoint every 8 slots: opening reads at most about that many, and a small point costs an eighth
    /// of an object more. Compaction daily at a point every five minutes. An hour of grace: readers that run
    /// longer look for the new place by themselves.
    public static final MaintenanceLimits DEFAULT =
            new MaintenanceLimits(8, 288, Duration.ofHours(1), Duration.ofDays(1), 16 << 20, 512 << 10, 2L << 30);

    /// Age of the newest checkpoint past which points are pruned though no eight slots have come: as long as the
    /// widest cell of the retention's grid, so that a machine that is off costs a few objects a day.
    Duration idle() {
        return Duration.ofHours(4);
    }

    public MaintenanceLimits {
        if (grace.compareTo(MachineWriter.TRUST.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("a writer may rely on a slot's object for " + MachineWriter.TRUST
                    + " without looking; a grace of " + grace + " is too short for that");
        }
        if (slotsPerCheckpoint < 1 || slotsPerCompaction < 1 || orphanGrace.compareTo(grace) < 0) {
            throw new IllegalArgumentException("impossible limits");
        }
    }
}

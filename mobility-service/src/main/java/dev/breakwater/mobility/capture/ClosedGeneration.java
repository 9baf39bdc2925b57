package dev.breakwater.mobility.capture;

import dev.breakwater.model.PointType;
import java.time.Instant;
import java.util.List;

/// A generation that is complete: the sink got all its blocks, the next generation is open. The sender now closes it
/// at the process server and calls [MachineCapture#durable] when that is durable.
public sealed interface ClosedGeneration {

    /// Its number. Numbers ascend, never twice within an incarnation; a lost generation leaves a gap.
    long generation();

    /// How many bytes of the disks it covers, zeros included.
    long changedBytes();

    /// Only progress; nothing can be recovered to it.
    ///
    /// @param generation see [ClosedGeneration#generation]
    /// @param changedBytes see [ClosedGeneration#changedBytes]
    record Partial(long generation, long changedBytes) implements ClosedGeneration {}

    /// A recovery point.
    ///
    /// @param generation see [ClosedGeneration#generation]
    /// @param changedBytes see [ClosedGeneration#changedBytes]
    /// @param time the machine's clock while it was frozen
    /// @param type what came out, perhaps less than what was asked for; the remarks say why
    /// @param freezeMillis from the first freeze to the last thaw, without the time of
    ///     [PointRequest#whileFrozen] (which the remarks tell), milliseconds
    /// @param stallMillis how long a writer may have waited, from before the first freeze call to after the last
    ///     thaw, without the time of [PointRequest#whileFrozen], milliseconds
    /// @param remarks what an administrator should know; never secret
    /// @param discards ranges that were discarded while [PointRequest#whileFrozen] ran for the last time: only
    ///     there may what it saw differ from the point
    record Point(
            long generation,
            long changedBytes,
            Instant time,
            PointType type,
            long freezeMillis,
            long stallMillis,
            List<String> remarks,
            List<DiskRange> discards)
            implements ClosedGeneration {

        public Point {
            remarks = List.copyOf(remarks);
            discards = List.copyOf(discards);
        }
    }
}

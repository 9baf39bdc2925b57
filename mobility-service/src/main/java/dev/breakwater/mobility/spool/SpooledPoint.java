package dev.breakwater.mobility.spool;

import dev.breakwater.model.DiskId;
import dev.breakwater.wire.Message.PointMetadata;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// A recovery point that waits in the spool. Its description is written last: a point without one does not count.
///
/// @param number names its files; a later point has a larger one
/// @param incarnation the stretch of tracking that it belongs to
/// @param generation its number there
/// @param base number of the generation before, spooled or durable, on which it rests
/// @param disks whose changes it holds
/// @param logs how many logs each of these disks has, in the same order; one each if not said
/// @param bytes size of its logs
/// @param changedBytes bytes of disk that it changes
/// @param point what makes it a recovery point
public record SpooledPoint(
        long number,
        UUID incarnation,
        long generation,
        long base,
        List<DiskId> disks,
        List<Integer> logs,
        long bytes,
        long changedBytes,
        PointMetadata point) {

    public SpooledPoint {
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(point, "point");
        disks = List.copyOf(disks);
        logs = logs == null ? Collections.nCopies(disks.size(), 1) : List.copyOf(logs);
    }
}

package dev.breakwater.control.machine;

import dev.breakwater.control.Field;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.PointId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a machine's replication is doing, sent every few seconds while something moves, else each half minute.
///
/// @param state what it does
/// @param disks one entry per protected disk
/// @param newestPoint the newest point known to be durable
/// @param newestPointTime its time on the machine's clock
/// @param bytesPerSecond replication speed over the last seconds
/// @param spoolBytes changes waiting in the spool
/// @param lagMillis age of the oldest change that the vault does not hold
/// @param remarks what an administrator should know
/// @param figures what it has counted since it started
/// @param clock when this was told, by the machine's clock: shows how far that is off
public record MachineStatus(
        MachineState state,
        List<DiskProgress> disks,
        @Nullable PointId newestPoint,
        @Nullable Instant newestPointTime,
        long bytesPerSecond,
        long spoolBytes,
        long lagMillis,
        List<String> remarks,
        @Nullable CaptureFigures figures,
        @Nullable Instant clock) {

    public MachineStatus {
        Field.required(state, "state");
        disks = Field.list(disks, "disks", MachineInventory.MAX_DISKS);
        remarks = Field.list(remarks, "remarks", 256);
    }

    /// Replication of a disk.
    ///
    /// @param id the disk
    /// @param totalBytes bytes to read in the pass that runs (initial replication, resynchronisation)
    /// @param doneBytes bytes of these done
    /// @param dirtyBytes changed and not yet durable in the vault
    /// @param sentBytes sent since protection was enabled
    /// @param tracking how changes are found: `trace` or `digest`
    public record DiskProgress(
            DiskId id, long totalBytes, long doneBytes, long dirtyBytes, long sentBytes, String tracking) {

        public DiskProgress {
            Field.required(id, "id");
            tracking = tracking == null ? "" : tracking;
        }
    }
}

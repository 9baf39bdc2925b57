package dev.breakwater.vault.maintenance;

import java.io.IOException;
import java.time.Duration;

/// Looks after one machine's part of a vault. Whoever writes the machine's log calls [#run] regularly (every minute
/// or
/// after each point), on a thread that may take its time; the writer goes on meanwhile. Two of them at once do no
/// harm:
/// a checkpoint's number has one owner, and whoever loses it stops.
public interface MachineMaintenance {

    /// Does what is due: a checkpoint after eight slots, pruning by the retention's grid, compaction when much has
    /// changed, deletion of what was recorded as deleted longer ago than the grace period. Costs one call to the
    /// store
    /// when nothing is due. Points that are pinned stay.
    ///
    /// @param retention how long points are kept: 0 (only the latest) to 15 days
    /// @throws IOException if the store cannot be used; everything done so far holds, and the next call goes on
    /// @throws InterruptedException if the thread was interrupted; likewise
    MaintenanceReport run(Duration retention) throws IOException, InterruptedException;

    /// Does all of it now: checkpoint, pruning and compaction, however little there is to do. Deletion still waits
    /// for
    /// the grace period.
    MaintenanceReport runFully(Duration retention) throws IOException, InterruptedException;
}

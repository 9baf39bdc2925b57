package dev.breakwater.vault.maintenance;

import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.log.MachineVault;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/// Looks after one machine's part of a vault. Whoever writes the machine's log calls [#run] regularly (every
/// minute or after each point), on a thread that may take its time; the writer goes on meanwhile. Two of them
/// at once do no harm: a checkpoint's number has one owner, and whoever loses it stops.
public interface MachineMaintenance {

    /// Maintenance of one machine. Touches the store only when it is run.
    ///
    /// @param vault the machine's part of the vault
    /// @param entropy names segments and draws salts
    /// @param clock the time of day, for retention and grace periods
    /// @param pinned which points are in use
    /// @param limits when what is due
    static MachineMaintenance of(
            MachineVault vault, Entropy entropy, InstantSource clock, PinnedPoints pinned, MaintenanceLimits limits) {
        return new LogMaintenance(vault, entropy, clock, pinned, limits);
    }

    /// Does what is due: a checkpoint after eight slots, or after four hours if points are to go, pruning by the
    /// retention's grid, compaction when much has changed, deletion of what was recorded as deleted longer ago than
    /// the grace period. Costs one call to the store when nothing is due. Points that are pinned stay.
    ///
    /// @param retention how long points are kept: 0 (only the latest) to 15 days
    /// @throws IOException if the store cannot be used; everything done so far holds, and the next call goes on
    /// @throws InterruptedException if the thread was interrupted; likewise
    MaintenanceReport run(Duration retention) throws IOException, InterruptedException;

    /// Does all of it now: checkpoint, pruning and compaction, however little there is to do. Deletion still
    /// waits for the grace period.
    MaintenanceReport runFully(Duration retention) throws IOException, InterruptedException;
}

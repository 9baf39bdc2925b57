package dev.breakwater.recovery;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// What recovery needs of replication: a machine's recovery points, and their disks. A port: whoever runs recovery
/// fulfils it from a vault.
public interface RecoveryPoints {

    /// The live points of a machine in ascending order of slot.
    ///
    /// @throws IOException if the vault cannot be read
    List<RecoveryPoint> points(MachineId machine) throws IOException;

    /// Keeps a point from being pruned for a time. Asking again with the same holder renews it.
    ///
    /// @param point what to keep
    /// @param holder names this use of the point
    /// @param time after which the pin expires by itself
    /// @throws IOException if the pin is not durable, or the point is gone
    void pin(RecoveryPoint point, UUID holder, Duration time) throws IOException;

    /// Gives back a pin. Does nothing if there is none.
    ///
    /// @throws IOException if it cannot be removed; it expires by itself later
    void release(MachineId machine, UUID holder) throws IOException;

    /// Opens a disk at a pinned point.
    ///
    /// @throws IOException if it cannot be opened
    ReadableDisk open(RecoveryPoint point, DiskId disk) throws IOException;
}

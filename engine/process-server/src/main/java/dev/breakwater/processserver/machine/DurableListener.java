package dev.breakwater.processserver.machine;

import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.log.DurableSlot;
import dev.breakwater.vault.log.LastDurable;
import dev.breakwater.wire.Message.PointMetadata;
import java.util.List;
import java.util.Optional;

/// Hears of every generation that has become durable. Must not block.
public interface DurableListener {

    /// A generation is in the vault.
    ///
    /// @param receivedBytes what the machine sent for it
    void durable(MachineId machine, DurableSlot slot, Optional<PointMetadata> point, long receivedBytes);

    /// The vault has lost slots of a machine that were durable.
    ///
    /// @param newest the newest slot that can be used
    /// @param known the newest slot that was known to be durable
    /// @param cause what is wrong, in words
    void lost(MachineId machine, long newest, long known, String cause);

    /// A machine has connected, and the vault has these points of it, among them perhaps some that a process server
    /// made durable just before it died, untold.
    ///
    /// @param last the newest slot of all
    void found(MachineId machine, LastDurable last, List<RecoveryPoint> points);
}

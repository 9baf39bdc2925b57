package dev.breakwater.processserver.machine;

import dev.breakwater.model.MachineId;
import dev.breakwater.vault.log.DurableSlot;
import dev.breakwater.wire.Message.PointMetadata;
import java.util.Optional;

/// Hears of every generation that has become durable. Must not block.
@FunctionalInterface
public interface DurableListener {

    /// A generation is in the vault.
    ///
    /// @param receivedBytes what the machine sent for it
    void durable(MachineId machine, DurableSlot slot, Optional<PointMetadata> point, long receivedBytes);
}

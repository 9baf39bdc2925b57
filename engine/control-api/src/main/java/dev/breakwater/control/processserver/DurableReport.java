package dev.breakwater.control.processserver;

import dev.breakwater.control.Field;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Slots of machines that have become durable in the vault. Telling it again changes nothing.
///
/// @param slots oldest first
public record DurableReport(List<DurableSlot> slots) {

    public DurableReport {
        slots = Field.list(slots, "slots", 1000);
    }

    /// A generation that the vault holds.
    ///
    /// @param machine whose
    /// @param slot its place in the machine's log
    /// @param incarnation of the machine's tracking
    /// @param generation its number
    /// @param point the recovery point it completes; absent for a part of initial replication
    /// @param receivedBytes data that arrived for it
    /// @param storedBytes bytes it takes in the vault
    public record DurableSlot(
            MachineId machine,
            long slot,
            UUID incarnation,
            long generation,
            @Nullable RecoveryPoint point,
            long receivedBytes,
            long storedBytes) {

        public DurableSlot {
            Field.required(machine, "machine");
            Field.required(incarnation, "incarnation");
        }
    }
}

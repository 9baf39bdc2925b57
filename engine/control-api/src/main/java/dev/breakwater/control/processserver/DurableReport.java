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
/// @param losses what vaults have lost, before the slots were written
public record DurableReport(List<DurableSlot> slots, List<VaultLoss> losses) {

    public DurableReport {
        slots = Field.list(slots, "slots", 1000);
        losses = Field.list(losses, "losses", 1000);
    }

    /// Slots only.
    public static DurableReport of(List<DurableSlot> slots) {
        return new DurableReport(slots, List.of());
    }

    /// The vault was found to have lost slots of a machine that were durable: it was rolled back or damaged.
    /// The machine is compared with it and goes on.
    ///
    /// @param machine whose
    /// @param newestSlot the newest slot that can be used, 0 if there is none
    /// @param knownSlot the newest slot that was known to be durable
    /// @param cause what is wrong, in words
    public record VaultLoss(MachineId machine, long newestSlot, long knownSlot, String cause) {

        public VaultLoss {
            Field.required(machine, "machine");
            Field.required(cause, "cause");
        }
    }

    /// A generation that the vault holds.
    ///
    /// @param machine whose
    /// @param slot its place in the machine's log
    /// @param incarnation of the machine's tracking
    /// @param generation its number
    /// @param point the recovery point it completes; absent for a part of initial replication
    /// @param receivedBytes bytes of disks that arrived for it, however they travelled
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

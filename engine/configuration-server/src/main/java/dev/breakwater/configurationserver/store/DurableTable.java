package dev.breakwater.configurationserver.store;

import dev.breakwater.control.processserver.DurableReport.DurableSlot;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.RecoveryPoint;
import java.util.Optional;

/// What process servers reported as durable: a witness of the vault, beside it. The vault itself says which points
/// can still be recovered.
public final class DurableTable {

    /// Slots per machine that are remembered: the points of 15 days at one per 5 minutes, and as many parts.
    private static final int KEPT = 10_000;

    private DurableTable() {}

    /// Adds a slot.
    ///
    /// @return whether it was not known yet
    public static boolean add(Transaction tx, DurableSlot slot) {
        boolean isNew = tx.handle()
                        .createUpdate("INSERT OR IGNORE INTO durable_slot (machine, slot, incarnation, generation,"
                                + " point, received_bytes, stored_bytes, reported_at) VALUES (:machine, :slot,"
                                + " :incarnation, :generation, :point, :received, :stored, :now)")
                        .bind("machine", slot.machine().toString())
                        .bind("slot", slot.slot())
                        .bind("incarnation", slot.incarnation().toString())
                        .bind("generation", slot.generation())
                        .bind(
                                "point",
                                slot.point() == null ? null : slot.point().id().toString())
                        .bind("received", slot.receivedBytes())
                        .bind("stored", slot.storedBytes())
                        .bind("now", tx.now().toEpochMilli())
                        .execute()
                == 1;
        if (isNew) {
            tx.handle()
                    .createUpdate("DELETE FROM durable_slot WHERE machine = :machine AND slot < :oldest")
                    .bind("machine", slot.machine().toString())
                    .bind("oldest", slot.slot() - KEPT)
                    .execute();
        }
        return isNew;
    }

    /// The newest slot of a machine that was reported, 0 if none was.
    public static long newestSlot(Transaction tx, MachineId machine) {
        return tx.handle()
                .createQuery("SELECT COALESCE(MAX(slot), 0) FROM durable_slot WHERE machine = :machine")
                .bind("machine", machine.toString())
                .mapTo(Long.class)
                .one();
    }

    /// Forgets slots that the vault has lost: their numbers may be used again.
    public static void lost(Transaction tx, MachineId machine, long newestSlot) {
        tx.handle()
                .createUpdate("DELETE FROM durable_slot WHERE machine = :machine AND slot > :newest")
                .bind("machine", machine.toString())
                .bind("newest", newestSlot)
                .execute();
    }

    /// The slot of a point, if it was reported.
    public static Optional<Long> slotOf(Transaction tx, PointId point) {
        return tx.handle()
                .createQuery("SELECT slot FROM durable_slot WHERE point = :point")
                .bind("point", point.toString())
                .mapTo(Long.class)
                .findFirst();
    }

    /// Whether the point is later than every other one of its machine that was reported.
    public static boolean isNewest(Transaction tx, MachineId machine, RecoveryPoint point) {
        return tx.handle()
                        .createQuery(
                                "SELECT MAX(slot) FROM durable_slot WHERE machine = :machine AND point IS NOT NULL")
                        .bind("machine", machine.toString())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(point.slot())
                <= point.slot();
    }
}

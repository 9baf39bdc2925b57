package dev.breakwater.configurationserver.store;

import dev.breakwater.control.machine.PointOrder;
import dev.breakwater.control.machine.ResyncOrder;
import dev.breakwater.model.MachineId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Points and resynchronisations that machines still have to make.
public final class OrderTable {

    private static final String POINT = "point";
    private static final String RESYNC = "resync";

    private OrderTable() {}

    /// Asks for a point.
    public static void add(Transaction tx, MachineId machine, UUID job, PointOrder order) {
        insert(tx, order.orderId(), machine, job, POINT, Transaction.json(order));
    }

    /// Asks for a resynchronisation.
    public static void add(Transaction tx, MachineId machine, UUID job, ResyncOrder order) {
        insert(tx, order.orderId(), machine, job, RESYNC, Transaction.json(order));
    }

    /// Points asked for, oldest first.
    public static List<PointOrder> points(Transaction tx, MachineId machine) {
        return documents(tx, machine, POINT, PointOrder.class);
    }

    /// Resynchronisations asked for, oldest first.
    public static List<ResyncOrder> resyncs(Transaction tx, MachineId machine) {
        return documents(tx, machine, RESYNC, ResyncOrder.class);
    }

    /// The job that an order belongs to; empty if the order is done or was never given to that machine.
    public static Optional<UUID> job(Transaction tx, MachineId machine, UUID order) {
        return tx.handle()
                .createQuery("SELECT job FROM machine_order WHERE id = :id AND machine = :machine")
                .bind("id", order.toString())
                .bind("machine", machine.toString())
                .map((row, context) -> UUID.fromString(row.getString(1)))
                .findOne();
    }

    /// The orders of a job are done.
    public static void done(Transaction tx, MachineId machine, UUID job) {
        int removed = tx.handle()
                .createUpdate("DELETE FROM machine_order WHERE job = :job")
                .bind("job", job.toString())
                .execute();
        if (removed > 0) {
            MachineTable.ordersChanged(tx, machine);
        }
    }

    private static void insert(Transaction tx, UUID id, MachineId machine, UUID job, String kind, String document) {
        tx.handle()
                .createUpdate("INSERT INTO machine_order (id, machine, job, kind, created_at, document)"
                        + " VALUES (:id, :machine, :job, :kind, :created, :document)")
                .bind("id", id.toString())
                .bind("machine", machine.toString())
                .bind("job", job.toString())
                .bind("kind", kind)
                .bind("created", tx.now().toEpochMilli())
                .bind("document", document)
                .execute();
        MachineTable.ordersChanged(tx, machine);
    }

    private static <T> List<T> documents(Transaction tx, MachineId machine, String kind, Class<T> type) {
        return tx.handle()
                .createQuery("SELECT document FROM machine_order WHERE machine = :machine AND kind = :kind"
                        + " ORDER BY created_at, rowid")
                .bind("machine", machine.toString())
                .bind("kind", kind)
                .map((row, context) -> Transaction.value(row.getString(1), type))
                .list();
    }
}

package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.OrderTable;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.model.MachineId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The whole state that a machine should be in, from the database.
public final class Orders {

    private Orders() {}

    /// The orders of a machine now.
    public static MachineOrders of(Transaction tx, MachineId id) {
        MachineRow machine = Lookup.machine(tx, id);
        if (!machine.isProtected() || machine.policy() == null) {
            return new MachineOrders(
                    machine.orderVersion(), id, machine.name(), null, null, List.of(), List.of(), List.of());
        }
        return new MachineOrders(
                machine.orderVersion(),
                id,
                machine.name(),
                target(tx, machine),
                Lookup.policy(tx, machine.policy()),
                DiskTable.active(tx, id),
                OrderTable.points(tx, id),
                OrderTable.resyncs(tx, id));
    }

    private static @Nullable ReplicationTarget target(Transaction tx, MachineRow machine) {
        if (machine.processServer() == null) {
            return null;
        }
        if (Revoked.is(tx, machine.processServer())) {
            return null;
        }
        return ProcessServerTable.byId(tx, machine.processServer())
                .filter(server -> server.port() > 0 && !server.hosts().isEmpty())
                .map(server -> new ReplicationTarget(server.id(), server.hosts(), server.port(), machine.epoch()))
                .orElse(null);
    }
}

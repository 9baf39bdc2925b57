package dev.breakwater.configurationserver.store;

import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;

/// Which process servers served a machine before, and up to which slot of its log. The log decides where
/// one's part ends: a slot is written once, so what a successor wrote and all that follows it is not a
/// predecessor's.
public final class FormerServerTable {

    private FormerServerTable() {}

    /// A process server serves a machine no longer; it may go on until it hears of that.
    public static void add(Transaction tx, MachineId machine, ProcessServerId server) {
        tx.handle()
                .createUpdate("INSERT INTO former_server (machine, process_server, before_slot)"
                        + " VALUES (:machine, :server, NULL)"
                        + " ON CONFLICT (machine, process_server) DO UPDATE SET before_slot = NULL")
                .bind("machine", machine.toString())
                .bind("server", server.toString())
                .execute();
    }

    /// A machine's present process server has written that slot, so the others before it have ended.
    public static void handedOver(Transaction tx, MachineId machine, long slot) {
        tx.handle()
                .createUpdate("UPDATE former_server SET before_slot = :slot"
                        + " WHERE machine = :machine AND before_slot IS NULL")
                .bind("machine", machine.toString())
                .bind("slot", slot)
                .execute();
    }

    /// Whether a slot of a machine may be one that the former process server wrote.
    public static boolean wrote(Transaction tx, MachineId machine, ProcessServerId server, long slot) {
        return tx.handle()
                        .createQuery("SELECT COUNT(*) FROM former_server WHERE machine = :machine"
                                + " AND process_server = :server AND (before_slot IS NULL OR before_slot > :slot)")
                        .bind("machine", machine.toString())
                        .bind("server", server.toString())
                        .bind("slot", slot)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }
}

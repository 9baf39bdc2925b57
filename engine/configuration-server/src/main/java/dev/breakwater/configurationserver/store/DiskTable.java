package dev.breakwater.configurationserver.store;

import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Disks that are or were protected. A disk that is protected anew keeps its identity, and so its history.
public final class DiskTable {

    private DiskTable() {}

    /// The disks of the machine that are protected now, in its order.
    public static List<DiskOrder> active(Transaction tx, MachineId machine) {
        return tx.handle()
                .createQuery("SELECT id, device, size_bytes, boot FROM disk WHERE machine = :machine AND active = 1"
                        + " ORDER BY position")
                .bind("machine", machine.toString())
                .map((row, context) -> disk(row))
                .list();
    }

    /// The disks that are protected now of each machine between two identities, both included; machines without one are
    /// left out.
    public static Map<MachineId, List<DiskOrder>> active(Transaction tx, MachineId first, MachineId last) {
        Map<MachineId, List<DiskOrder>> disks = new HashMap<>();
        tx.handle()
                .createQuery("SELECT machine, id, device, size_bytes, boot FROM disk"
                        + " WHERE machine BETWEEN :first AND :last AND active = 1 ORDER BY machine, position")
                .bind("first", first.toString())
                .bind("last", last.toString())
                .map((row, context) -> Map.entry(MachineId.of(row.getString("machine")), disk(row)))
                .forEach(entry -> disks.computeIfAbsent(entry.getKey(), machine -> new ArrayList<>())
                        .add(entry.getValue()));
        return disks;
    }

    private static DiskOrder disk(ResultSet row) throws SQLException {
        return new DiskOrder(
                DiskId.of(row.getString("id")),
                row.getString("device"),
                row.getLong("size_bytes"),
                row.getInt("boot") != 0);
    }

    /// All disks of the machine that the vault may know.
    public static List<DiskId> everProtected(Transaction tx, MachineId machine) {
        return tx.handle()
                .createQuery("SELECT id FROM disk WHERE machine = :machine ORDER BY position")
                .bind("machine", machine.toString())
                .map((row, context) -> DiskId.of(row.getString("id")))
                .list();
    }

    /// The identity that the device got when it was protected earlier.
    public static Optional<DiskId> known(Transaction tx, MachineId machine, String device) {
        return tx.handle()
                .createQuery("SELECT id FROM disk WHERE machine = :machine AND device = :device")
                .bind("machine", machine.toString())
                .bind("device", device)
                .map((row, context) -> DiskId.of(row.getString("id")))
                .findOne();
    }

    /// Protects exactly these disks of the machine.
    public static void protect(Transaction tx, MachineId machine, List<DiskOrder> disks) {
        unprotect(tx, machine);
        for (int position = 0; position < disks.size(); position++) {
            DiskOrder disk = disks.get(position);
            tx.handle()
                    .createUpdate("INSERT INTO disk (id, machine, position, device, size_bytes, boot, active)"
                            + " VALUES (:id, :machine, :position, :device, :size, :boot, 1)"
                            + " ON CONFLICT (id) DO UPDATE SET position = :position, size_bytes = :size,"
                            + " boot = :boot, active = 1")
                    .bind("id", disk.id().toString())
                    .bind("machine", machine.toString())
                    .bind("position", position)
                    .bind("device", disk.device())
                    .bind("size", disk.sizeBytes())
                    .bind("boot", disk.boot() ? 1 : 0)
                    .execute();
        }
    }

    /// Protects no disk of the machine.
    public static void unprotect(Transaction tx, MachineId machine) {
        tx.handle()
                .createUpdate("UPDATE disk SET active = 0 WHERE machine = :machine")
                .bind("machine", machine.toString())
                .execute();
    }
}

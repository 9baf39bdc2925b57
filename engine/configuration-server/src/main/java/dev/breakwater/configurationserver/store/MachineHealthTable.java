package dev.breakwater.configurationserver.store;

import dev.breakwater.control.admin.Health;
import dev.breakwater.model.MachineId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// The health in which each machine was seen last, and since when.
public final class MachineHealthTable {

    private MachineHealthTable() {}

    /// What was seen.
    public record Seen(Health health, Instant since) {}

    /// A machine is seen in that health; the time stays if it was so before.
    public static void put(Transaction tx, MachineId machine, Health health) {
        tx.handle()
                // A machine may have been removed since it was looked at.
                .createUpdate("INSERT INTO machine_health (machine, health, since)"
                        + " SELECT id, :health, :now FROM machine WHERE id = :machine"
                        + " ON CONFLICT (machine) DO UPDATE SET health = :health, since = :now WHERE health <> :health")
                .bind("machine", machine.toString())
                .bind("health", health.name())
                .bind("now", tx.now().toEpochMilli())
                .execute();
    }

    /// What was seen of each machine between two identities, both included.
    public static Map<MachineId, Seen> between(Transaction tx, MachineId first, MachineId last) {
        Map<MachineId, Seen> seen = new HashMap<>();
        tx.handle()
                .createQuery(
                        "SELECT machine, health, since FROM machine_health" + " WHERE machine BETWEEN :first AND :last")
                .bind("first", first.toString())
                .bind("last", last.toString())
                .map((row, context) -> Map.entry(
                        MachineId.of(row.getString("machine")),
                        new Seen(Health.valueOf(row.getString("health")), Instant.ofEpochMilli(row.getLong("since")))))
                .forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
        return seen;
    }
}

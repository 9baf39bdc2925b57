package dev.breakwater.configurationserver.store;

import dev.breakwater.control.admin.LastTest;
import dev.breakwater.model.MachineId;
import java.util.HashMap;
import java.util.Map;

/// The newest test failover of each machine that was cleaned up.
public final class LastTestTable {

    private LastTestTable() {}

    /// Keeps it instead of the one before.
    public static void put(Transaction tx, MachineId machine, LastTest test) {
        tx.handle()
                // A test may be cleaned up after its machine was removed.
                .createUpdate("INSERT INTO last_test (machine, document)"
                        + " SELECT id, :document FROM machine WHERE id = :machine"
                        + " ON CONFLICT (machine) DO UPDATE SET document = :document")
                .bind("machine", machine.toString())
                .bind("document", Transaction.json(test))
                .execute();
    }

    /// Those of the machines between two identities, both included.
    public static Map<MachineId, LastTest> between(Transaction tx, MachineId first, MachineId last) {
        Map<MachineId, LastTest> tests = new HashMap<>();
        tx.handle()
                .createQuery("SELECT machine, document FROM last_test WHERE machine BETWEEN :first AND :last")
                .bind("first", first.toString())
                .bind("last", last.toString())
                .map((row, context) -> Map.entry(
                        MachineId.of(row.getString("machine")),
                        Transaction.value(row.getString("document"), LastTest.class)))
                .forEach(entry -> tests.put(entry.getKey(), entry.getValue()));
        return tests;
    }
}

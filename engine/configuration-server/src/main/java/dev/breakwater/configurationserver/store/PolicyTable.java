package dev.breakwater.configurationserver.store;

import dev.breakwater.model.ReplicationPolicy;
import java.util.List;
import java.util.Optional;

/// Replication policies.
public final class PolicyTable {

    private PolicyTable() {}

    /// All of them by name.
    public static List<ReplicationPolicy> all(Transaction tx) {
        return tx.handle()
                .createQuery("SELECT document FROM policy ORDER BY name")
                .map((row, context) -> Transaction.value(row.getString(1), ReplicationPolicy.class))
                .list();
    }

    /// The one of that name.
    public static Optional<ReplicationPolicy> byName(Transaction tx, String name) {
        return tx.handle()
                .createQuery("SELECT document FROM policy WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> Transaction.value(row.getString(1), ReplicationPolicy.class))
                .findOne();
    }

    /// Adds or changes one.
    public static void put(Transaction tx, ReplicationPolicy policy) {
        tx.handle()
                .createUpdate("INSERT INTO policy (name, document) VALUES (:name, :document)"
                        + " ON CONFLICT (name) DO UPDATE SET document = :document")
                .bind("name", policy.name())
                .bind("document", Transaction.json(policy))
                .execute();
    }

    /// Removes one.
    public static void delete(Transaction tx, String name) {
        tx.handle()
                .createUpdate("DELETE FROM policy WHERE name = :name")
                .bind("name", name)
                .execute();
    }
}

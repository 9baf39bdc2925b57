package dev.breakwater.configurationserver.store;

import java.util.Optional;

/// Single values.
public final class SettingTable {

    private SettingTable() {}

    /// The value of that name.
    public static Optional<String> get(Transaction tx, String name) {
        return tx.handle()
                .createQuery("SELECT value FROM setting WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    /// Keeps a value.
    public static void put(Transaction tx, String name, String value) {
        tx.handle()
                .createUpdate("INSERT OR REPLACE INTO setting (name, value) VALUES (:name, :value)")
                .bind("name", name)
                .bind("value", value)
                .execute();
    }
}

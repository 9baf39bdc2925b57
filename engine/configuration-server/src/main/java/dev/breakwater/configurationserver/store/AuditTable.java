package dev.breakwater.configurationserver.store;

import java.util.List;
import java.util.Optional;

/// The audit log as it lies in the database. Rows are only added; the database itself refuses anything else.
public final class AuditTable {

    private AuditTable() {}

    /// A row.
    ///
    /// @param number counts from 1
    /// @param document the record, JSON
    /// @param hash over the hash of the row before, the number and the document; hex
    public record Row(long number, String document, String hash) {}

    /// Adds a row.
    public static void add(Transaction tx, Row row) {
        tx.handle()
                .createUpdate("INSERT INTO audit (number, document, hash) VALUES (:number, :document, :hash)")
                .bind("number", row.number())
                .bind("document", row.document())
                .bind("hash", row.hash())
                .execute();
    }

    /// The newest row.
    public static Optional<Row> last(Transaction tx) {
        return tx.handle()
                .createQuery("SELECT number, document, hash FROM audit ORDER BY number DESC LIMIT 1")
                .map((row, context) -> new Row(row.getLong("number"), row.getString("document"), row.getString("hash")))
                .findOne();
    }

    /// Rows after that number, oldest first.
    public static List<Row> after(Transaction tx, long number, int limit) {
        return tx.handle()
                .createQuery("SELECT number, document, hash FROM audit WHERE number > :number ORDER BY number"
                        + " LIMIT :limit")
                .bind("number", number)
                .bind("limit", limit)
                .map((row, context) -> new Row(row.getLong("number"), row.getString("document"), row.getString("hash")))
                .list();
    }
}

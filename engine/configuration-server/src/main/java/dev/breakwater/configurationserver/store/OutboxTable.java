package dev.breakwater.configurationserver.store;

import java.util.Optional;
import java.util.UUID;

/// Documents that the vault must hold and does not hold yet; of each the newest only.
public final class OutboxTable {

    /// What is waited for when a document is added.
    public static final String TOPIC = "outbox";

    private OutboxTable() {}

    /// A document on its way.
    ///
    /// @param number grows with every version
    /// @param kind what it describes
    /// @param id which one
    /// @param document JSON
    public record Document(long number, String kind, UUID id, String document) {}

    /// Adds a document, in place of an older version.
    public static void put(Transaction tx, String kind, UUID id, Object document) {
        tx.handle()
                .createUpdate("INSERT OR REPLACE INTO outbox (kind, id, document) VALUES (:kind, :id, :document)")
                .bind("kind", kind)
                .bind("id", id.toString())
                .bind("document", Transaction.json(document))
                .execute();
        tx.moves(TOPIC);
    }

    /// The document that waits longest.
    public static Optional<Document> first(Transaction tx) {
        return tx.handle()
                .createQuery("SELECT number, kind, id, document FROM outbox ORDER BY number LIMIT 1")
                .map((row, context) -> new Document(
                        row.getLong("number"),
                        row.getString("kind"),
                        UUID.fromString(row.getString("id")),
                        row.getString("document")))
                .findOne();
    }

    /// How many wait.
    public static int size(Transaction tx) {
        return tx.handle()
                .createQuery("SELECT COUNT(*) FROM outbox")
                .mapTo(Integer.class)
                .one();
    }

    /// The vault holds this version.
    public static void written(Transaction tx, Document document) {
        tx.handle()
                .createUpdate("DELETE FROM outbox WHERE number = :number")
                .bind("number", document.number())
                .execute();
    }
}

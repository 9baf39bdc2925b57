package dev.breakwater.configurationserver.store;

import dev.breakwater.model.ProcessServerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/// Registered process servers.
public final class ProcessServerTable {

    private static final String COLUMNS =
            "SELECT id, name, certificate_until, hosts, port, version FROM process_server";

    private ProcessServerTable() {}

    /// Adds a process server, or lets a known one register anew.
    public static void register(
            Transaction tx, ProcessServerId id, String name, String certificate, Instant certificateUntil) {
        tx.handle()
                .createUpdate("INSERT INTO process_server"
                        + " (id, name, certificate, certificate_until, hosts, port, version)"
                        + " VALUES (:id, :name, :certificate, :until, '[]', 0, :version)"
                        + " ON CONFLICT (id) DO UPDATE SET name = :name, certificate = :certificate,"
                        + " next_certificate = NULL, registration = registration + 1,"
                        + " revoked_at = NULL, admitted_until = NULL, certificate_until = :until")
                .bind("id", id.toString())
                .bind("name", name)
                .bind("certificate", certificate)
                .bind("until", certificateUntil.toEpochMilli())
                .bind("version", tx.now().toEpochMilli())
                .execute();
    }

    /// All of them by name.
    public static List<ProcessServerRow> all(Transaction tx) {
        return tx.handle()
                .createQuery(COLUMNS + " ORDER BY name")
                .map(ProcessServerTable::row)
                .list();
    }

    /// The one of that identity.
    public static Optional<ProcessServerRow> byId(Transaction tx, ProcessServerId id) {
        return tx.handle()
                .createQuery(COLUMNS + " WHERE id = :id")
                .bind("id", id.toString())
                .map(ProcessServerTable::row)
                .findOne();
    }

    /// The one of that name or identity.
    public static Optional<ProcessServerRow> byNameOrId(Transaction tx, String reference) {
        return tx.handle()
                .createQuery(COLUMNS + " WHERE name = :reference OR id = lower(:reference)")
                .bind("reference", reference)
                .map(ProcessServerTable::row)
                .findFirst();
    }

    /// Keeps where machines reach it.
    public static void reachedAt(Transaction tx, ProcessServerId id, List<String> hosts, int port) {
        tx.handle()
                .createUpdate("UPDATE process_server SET hosts = :hosts, port = :port WHERE id = :id")
                .bind("id", id.toString())
                .bind("hosts", Transaction.json(hosts))
                .bind("port", port)
                .execute();
    }

    /// Raises the version of its assignments.
    public static void assignmentsChanged(Transaction tx, ProcessServerId id) {
        tx.handle()
                .createUpdate("UPDATE process_server SET version = MAX(version + 1, :version) WHERE id = :id")
                .bind("id", id.toString())
                .bind("version", tx.now().toEpochMilli())
                .execute();
        tx.moves(ProcessServerRow.topic(id));
    }

    private static ProcessServerRow row(ResultSet from, StatementContext context) throws SQLException {
        return new ProcessServerRow(
                ProcessServerId.of(from.getString("id")),
                from.getString("name"),
                Instant.ofEpochMilli(from.getLong("certificate_until")),
                List.of(Transaction.value(from.getString("hosts"), String[].class)),
                from.getInt("port"),
                from.getLong("version"));
    }
}

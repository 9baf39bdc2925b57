package dev.breakwater.configurationserver.store;

import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.model.ProcessServerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Registered process servers.
public final class ProcessServerTable {

    private static final String COLUMNS =
            "SELECT id, name, certificate_until, hosts, port, version, throttle FROM process_server";

    private ProcessServerTable() {}

    /// Adds a process server, or lets a known one register anew. Until the certificate of a registration without an
    /// earlier one is used, it is an unused one too.
    ///
    /// @param shown the certificate by which a known one has proven itself, good until the new one is used
    public static void register(
            Transaction tx,
            ProcessServerId id,
            String name,
            String certificate,
            @Nullable String shown,
            Instant certificateUntil) {
        tx.handle()
                .createUpdate("INSERT INTO process_server"
                        + " (id, name, certificate, next_certificate, certificate_until, hosts, port, version)"
                        + " VALUES (:id, :name, :certificate, :certificate, :until, '[]', 0, :version)"
                        + " ON CONFLICT (id) DO UPDATE SET name = :name,"
                        + " certificate = COALESCE(:shown, :certificate),"
                        + " next_certificate = CASE WHEN :shown IS NULL THEN :certificate ELSE "
                        + CertificateTable.unusedWith(":certificate") + " END,"
                        + " registration = registration + 1,"
                        + " revoked_at = NULL, certificate_until = :until")
                .bind("id", id.toString())
                .bind("name", name)
                .bind("certificate", certificate)
                .bind("shown", shown)
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

    /// Keeps limits of what its machines may send, or lifts them with null; the process server hears of it.
    public static void throttle(Transaction tx, ProcessServerId id, @Nullable ThrottleSetting throttle) {
        tx.handle()
                .createUpdate("UPDATE process_server SET throttle = :throttle WHERE id = :id")
                .bind("id", id.toString())
                .bind("throttle", throttle == null ? null : Transaction.json(throttle))
                .execute();
        assignmentsChanged(tx, id);
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
        String throttle = from.getString("throttle");
        return new ProcessServerRow(
                ProcessServerId.of(from.getString("id")),
                from.getString("name"),
                Instant.ofEpochMilli(from.getLong("certificate_until")),
                List.of(Transaction.value(from.getString("hosts"), String[].class)),
                from.getInt("port"),
                from.getLong("version"),
                throttle == null ? null : Transaction.value(throttle, ThrottleSetting.class));
    }
}

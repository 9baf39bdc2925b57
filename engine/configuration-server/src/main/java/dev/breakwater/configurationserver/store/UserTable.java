package dev.breakwater.configurationserver.store;

import dev.breakwater.control.admin.UserView;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/// People who have or had a certificate to ask with.
public final class UserTable {

    private static final String COLUMNS =
            "SELECT id, name, role, created_at, certificate_until, revoked_at FROM user_account";

    private UserTable() {}

    /// Adds a user, in place of one of the same name.
    public static void put(Transaction tx, PeerName user, String name, String certificate, Instant certificateUntil) {
        tx.handle()
                .createUpdate("INSERT INTO user_account (id, name, role, certificate, certificate_until, created_at)"
                        + " VALUES (:id, :name, :role, :certificate, :until, :now)"
                        + " ON CONFLICT (name) DO UPDATE SET id = :id, role = :role, certificate = :certificate,"
                        + " next_certificate = NULL, certificate_until = :until, revoked_at = NULL")
                .bind("id", user.id().toString())
                .bind("name", name)
                .bind("role", user.role().word())
                .bind("certificate", certificate)
                .bind("until", certificateUntil.toEpochMilli())
                .bind("now", tx.now().toEpochMilli())
                .execute();
    }

    /// All of them by name.
    public static List<UserView> all(Transaction tx) {
        return tx.handle()
                .createQuery(COLUMNS + " ORDER BY name")
                .map(UserTable::row)
                .list();
    }

    /// The one of that name or identity.
    public static Optional<UserView> byNameOrId(Transaction tx, String reference) {
        return tx.handle()
                .createQuery(COLUMNS + " WHERE name = :reference OR id = lower(:reference)")
                .bind("reference", reference)
                .map(UserTable::row)
                .findFirst();
    }

    /// The name in a certificate of a user.
    public static PeerName peer(UserView user) {
        return new PeerName(PeerRole.ofWord(user.role()).orElseThrow(), user.id());
    }

    private static UserView row(ResultSet from, StatementContext context) throws SQLException {
        long revoked = from.getLong("revoked_at");
        boolean good = from.wasNull();
        return new UserView(
                UUID.fromString(from.getString("id")),
                from.getString("name"),
                from.getString("role"),
                Instant.ofEpochMilli(from.getLong("created_at")),
                Instant.ofEpochMilli(from.getLong("certificate_until")),
                good ? null : Instant.ofEpochMilli(revoked));
    }
}

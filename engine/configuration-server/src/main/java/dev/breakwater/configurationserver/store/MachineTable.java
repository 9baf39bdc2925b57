package dev.breakwater.configurationserver.store;

import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.admin.TestFailoverState;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.model.RecoveryPoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Registered machines.
public final class MachineTable {

    private static final String COLUMNS = "SELECT id, name, order_version, state, policy, process_server, epoch,"
            + " test_failover_state, test_failover_job, inventory, newest_point FROM machine";

    private MachineTable() {}

    /// Adds a machine, or lets a known one register anew. Until the certificate of a registration without an earlier
    /// one is used, it is an unused one too.
    ///
    /// @param shown the certificate by which a known one has proven itself, good until the new one is used
    public static void register(Transaction tx, MachineId id, String name, String certificate, @Nullable String shown) {
        long version = tx.now().toEpochMilli();
        tx.handle()
                .createUpdate(
                        "INSERT INTO machine (id, name, certificate, next_certificate, order_version, state, epoch,"
                                + " test_failover_state) VALUES (:id, :name, :certificate, :certificate, :version,"
                                + " 'UNPROTECTED', 0, 'NONE')"
                                + " ON CONFLICT (id) DO UPDATE SET name = :name,"
                                + " certificate = COALESCE(:shown, :certificate),"
                                + " next_certificate = CASE WHEN :shown IS NULL THEN :certificate ELSE "
                                + CertificateTable.unusedWith(":certificate") + " END,"
                                + " registration = registration + 1,"
                                + " revoked_at = NULL, order_version = MAX(order_version + 1, :version)")
                .bind("id", id.toString())
                .bind("name", name)
                .bind("certificate", certificate)
                .bind("shown", shown)
                .bind("version", version)
                .execute();
        tx.moves(MachineRow.topic(id));
    }

    /// All machines by name.
    public static List<MachineRow> all(Transaction tx) {
        return tx.handle()
                .createQuery(COLUMNS + " ORDER BY name")
                .map(MachineTable::row)
                .list();
    }

    /// Machines past that identity, by identity: an order that no renaming and no new machine shifts.
    ///
    /// @param after the last identity of the page before; empty for the first page
    public static List<MachineRow> after(Transaction tx, String after, int limit) {
        return tx.handle()
                .createQuery(COLUMNS + " WHERE id > :after ORDER BY id LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map(MachineTable::row)
                .list();
    }

    /// The machine of that identity.
    public static Optional<MachineRow> byId(Transaction tx, MachineId id) {
        return tx.handle()
                .createQuery(COLUMNS + " WHERE id = :id")
                .bind("id", id.toString())
                .map(MachineTable::row)
                .findOne();
    }

    /// The machine of that name or identity.
    public static Optional<MachineRow> byNameOrId(Transaction tx, String reference) {
        return tx.handle()
                .createQuery(COLUMNS + " WHERE name = :reference OR id = lower(:reference)")
                .bind("reference", reference)
                .map(MachineTable::row)
                .findFirst();
    }

    /// The machines that a process server serves.
    public static List<MachineRow> servedBy(Transaction tx, ProcessServerId server) {
        return tx.handle()
                .createQuery(COLUMNS + " WHERE process_server = :server ORDER BY id")
                .bind("server", server.toString())
                .map(MachineTable::row)
                .list();
    }

    /// Those between two identities, both included, whose certificate was taken back.
    public static Set<MachineId> revoked(Transaction tx, MachineId first, MachineId last) {
        return tx.handle()
                .createQuery("SELECT id FROM machine WHERE id BETWEEN :first AND :last AND revoked_at IS NOT NULL")
                .bind("first", first.toString())
                .bind("last", last.toString())
                .map((row, context) -> MachineId.of(row.getString(1)))
                .set();
    }

    /// Writes everything of the row but its certificate, and raises the version of the machine's orders.
    public static void update(Transaction tx, MachineRow row) {
        tx.handle()
                .createUpdate("UPDATE machine SET name = :name, state = :state, policy = :policy,"
                        + " process_server = :server, epoch = :epoch, test_failover_state = :test,"
                        + " test_failover_job = :testJob, order_version = MAX(order_version + 1, :version)"
                        + " WHERE id = :id")
                .bind("id", row.id().toString())
                .bind("name", row.name())
                .bind("state", row.state().name())
                .bind("policy", row.policy())
                .bind("server", text(row.processServer()))
                .bind("epoch", row.epoch())
                .bind("test", row.testFailoverState().name())
                .bind("testJob", text(row.testFailoverJob()))
                .bind("version", tx.now().toEpochMilli())
                .execute();
        tx.moves(row.topic());
    }

    /// Raises the version of the machine's orders.
    public static void ordersChanged(Transaction tx, MachineId id) {
        tx.handle()
                .createUpdate("UPDATE machine SET order_version = MAX(order_version + 1, :version) WHERE id = :id")
                .bind("id", id.toString())
                .bind("version", tx.now().toEpochMilli())
                .execute();
        tx.moves(MachineRow.topic(id));
    }

    /// Keeps what the machine is made of.
    public static void inventory(Transaction tx, MachineId id, MachineInventory inventory) {
        tx.handle()
                .createUpdate("UPDATE machine SET inventory = :inventory WHERE id = :id")
                .bind("id", id.toString())
                .bind("inventory", Transaction.json(inventory))
                .execute();
    }

    /// Keeps the newest durable point.
    public static void newestPoint(Transaction tx, RecoveryPoint point) {
        tx.handle()
                .createUpdate("UPDATE machine SET newest_point = :point WHERE id = :id")
                .bind("id", point.machine().toString())
                .bind("point", Transaction.json(point))
                .execute();
    }

    /// The newest durable point was lost; which one is the newest now shows when the next is durable.
    public static void noNewestPoint(Transaction tx, MachineId machine) {
        tx.handle()
                .createUpdate("UPDATE machine SET newest_point = NULL WHERE id = :id")
                .bind("id", machine.toString())
                .execute();
    }

    /// Forgets the machine, its disks and orders.
    public static void delete(Transaction tx, MachineId id) {
        tx.handle()
                .createUpdate("DELETE FROM machine WHERE id = :id")
                .bind("id", id.toString())
                .execute();
        tx.moves(MachineRow.topic(id));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static MachineRow row(ResultSet from, StatementContext context) throws SQLException {
        String server = from.getString("process_server");
        String testJob = from.getString("test_failover_job");
        String inventory = from.getString("inventory");
        String point = from.getString("newest_point");
        return new MachineRow(
                MachineId.of(from.getString("id")),
                from.getString("name"),
                from.getLong("order_version"),
                ProtectionState.valueOf(from.getString("state")),
                from.getString("policy"),
                server == null ? null : ProcessServerId.of(server),
                from.getLong("epoch"),
                TestFailoverState.valueOf(from.getString("test_failover_state")),
                testJob == null ? null : UUID.fromString(testJob),
                inventory == null ? null : Transaction.value(inventory, MachineInventory.class),
                point == null ? null : Transaction.value(point, RecoveryPoint.class));
    }
}

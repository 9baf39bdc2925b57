package dev.breakwater.configurationserver.authority;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.store.CertificateTable;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.ProcessServerRow;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.configurationserver.store.UserTable;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.UserView;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import java.time.Duration;
import java.util.function.Consumer;

/// Takes certificates back, and lets their owners register again. What is taken back is refused from the
/// moment that the call returns: requests here, connections here, and, for a machine, its connection to its
/// process server.
public final class Revocations {

    /// How long an administrator's permission to register again holds.
    private static final Duration ADMITTED = Duration.ofHours(1);

    private final Database database;
    private final Consumer<PeerName> disconnect;

    /// @param disconnect closes a peer's connections to this server
    public Revocations(Database database, Consumer<PeerName> disconnect) {
        this.database = database;
        this.disconnect = disconnect;
    }

    /// Takes a machine's certificate back. Its protection stays ordered, its points stay in the vault.
    public void revokeMachine(String reference) {
        disconnect.accept(database.write(tx -> {
            MachineRow row = machine(tx, reference);
            PeerName peer = new PeerName(PeerRole.MACHINE, row.id().uuid());
            CertificateTable.revoke(tx, peer);
            if (row.processServer() != null) {
                ProcessServerTable.assignmentsChanged(tx, row.processServer());
            }
            // Its orders do not change: a request for them that is held back must not be answered, but closed.
            event(
                    tx,
                    Health.CRITICAL,
                    EventKind.MACHINE_REVOKED,
                    row.id(),
                    row.name(),
                    "The machine " + row.name() + " was revoked.");
            return peer;
        }));
    }

    /// Lets a machine register again under its identity for an hour.
    public void admitMachine(String reference) {
        database.write(tx -> {
            MachineRow row = machine(tx, reference);
            CertificateTable.admit(
                    tx,
                    new PeerName(PeerRole.MACHINE, row.id().uuid()),
                    tx.now().plus(ADMITTED));
            event(
                    tx,
                    Health.WARNING,
                    EventKind.MACHINE_ADMITTED,
                    row.id(),
                    row.name(),
                    "The machine " + row.name() + " may register again.");
            return true;
        });
    }

    /// Takes a process server's certificate back. Its machines keep their changes until they are moved.
    public void revokeProcessServer(String reference) {
        disconnect.accept(database.write(tx -> {
            ProcessServerRow row = server(tx, reference);
            PeerName peer = new PeerName(PeerRole.PROCESS_SERVER, row.id().uuid());
            CertificateTable.revoke(tx, peer);
            MachineTable.servedBy(tx, row.id()).forEach(machine -> MachineTable.ordersChanged(tx, machine.id()));
            event(
                    tx,
                    Health.CRITICAL,
                    EventKind.PROCESS_SERVER_REVOKED,
                    null,
                    row.name(),
                    "The process server " + row.name() + " was revoked; its machines wait for another.");
            return peer;
        }));
    }

    /// Lets a process server register again under its identity for an hour.
    public void admitProcessServer(String reference) {
        database.write(tx -> {
            ProcessServerRow row = server(tx, reference);
            CertificateTable.admit(
                    tx,
                    new PeerName(PeerRole.PROCESS_SERVER, row.id().uuid()),
                    tx.now().plus(ADMITTED));
            event(
                    tx,
                    Health.WARNING,
                    EventKind.PROCESS_SERVER_ADMITTED,
                    null,
                    row.name(),
                    "The process server " + row.name() + " may register again.");
            return true;
        });
    }

    /// Takes a person's certificate back.
    public void revokeUser(String reference) {
        disconnect.accept(database.write(tx -> {
            UserView user = UserTable.byNameOrId(tx, reference)
                    .orElseThrow(() -> Refusal.notFound(
                            "user-not-found",
                            "There is no user \"" + reference + "\".",
                            "List them with `breakwater users list`."));
            if (user.name().equals(Users.LOCAL)) {
                throw Refusal.conflict(
                        "local-administrator",
                        "The local administrator was not revoked.",
                        "Whoever may read the engine's folder is an administrator.",
                        "Guard the folder, and revoke others.");
            }
            PeerName peer = UserTable.peer(user);
            CertificateTable.revoke(tx, peer);
            event(
                    tx,
                    Health.WARNING,
                    EventKind.USER_REVOKED,
                    null,
                    user.name(),
                    "The user " + user.name() + " was revoked.");
            return peer;
        }));
    }

    private static void event(
            Transaction tx,
            Health severity,
            EventKind kind,
            @org.jspecify.annotations.Nullable MachineId machine,
            String name,
            String text) {
        EventTable.add(tx, severity, kind, machine, null, text, name);
    }

    private static MachineRow machine(Transaction tx, String reference) {
        return MachineTable.byNameOrId(tx, reference)
                .orElseThrow(() -> Refusal.notFound(
                        "machine-not-found",
                        "No machine \"" + reference + "\" is registered.",
                        "List the machines with `breakwater machines list`."));
    }

    private static ProcessServerRow server(Transaction tx, String reference) {
        return ProcessServerTable.byNameOrId(tx, reference)
                .orElseThrow(() -> Refusal.notFound(
                        "process-server-not-found",
                        "No process server \"" + reference + "\" is registered.",
                        "List them with `breakwater process-servers list`."));
    }
}

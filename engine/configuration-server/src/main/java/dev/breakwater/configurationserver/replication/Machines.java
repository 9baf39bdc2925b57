package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.answer.JsonList;
import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.port.Ports;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Registered machines as administrators see them.
public final class Machines {

    private final Database database;
    private final LiveStatus live;
    private final Ports ports;

    /// The machines of that database.
    public Machines(Database database, LiveStatus live, Ports ports) {
        this.database = database;
        this.live = live;
        this.ports = ports;
    }

    /// All of them by name.
    public List<MachineView> all() {
        return database.read(tx -> MachineViews.of(tx, live, MachineTable.all(tx)));
    }

    /// Those past an identity, by identity, at most so many and as many as an answer holds; none only after the last.
    ///
    /// @param after the last identity of the page before; absent for the first page
    public JsonList page(@Nullable MachineId after, int limit) {
        return JsonList.of(database.read(
                tx -> MachineViews.of(tx, live, MachineTable.after(tx, after == null ? "" : after.toString(), limit))));
    }

    /// The one of that name or identity.
    public MachineView one(String reference) {
        return database.read(tx -> MachineViews.of(tx, live, List.of(Lookup.machine(tx, reference)))
                .getFirst());
    }

    /// Its recovery points, oldest first, as the vault holds them now.
    public List<RecoveryPoint> points(String reference) {
        record Asked(MachineId id, List<DiskId> disks) {}
        Asked asked = database.read(tx -> {
            MachineId id = Lookup.machine(tx, reference).id();
            return new Asked(id, DiskTable.everProtected(tx, id));
        });
        try {
            return asked.disks().isEmpty() ? List.of() : ports.view().points(asked.id(), asked.disks());
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "vault-unavailable", "The recovery points could not be listed.", String.valueOf(e.getMessage()));
        }
    }

    /// Keeps what a machine told about itself.
    public void inventory(MachineId id, MachineInventory inventory) {
        database.write(tx -> {
            MachineTable.inventory(tx, id, inventory);
            return true;
        });
    }

    /// Forgets a machine that is not protected. Its points stay in the vault.
    public void forget(String reference) {
        MachineId id = database.write(tx -> {
            MachineRow row = Lookup.machine(tx, reference);
            if (row.isProtected()) {
                throw Refusal.conflict(
                        "machine-protected",
                        "The machine " + row.name() + " is protected.",
                        "Forgetting it would end its replication unnoticed.",
                        "End its protection first.");
            }
            remove(tx, row);
            return row.id();
        });
        live.forget(id);
    }

    /// A machine ends its own registration.
    public void unregister(MachineId id) {
        database.write(tx -> {
            MachineRow row = Lookup.machine(tx, id);
            if (row.processServer() != null) {
                ProcessServerTable.assignmentsChanged(tx, row.processServer());
            }
            remove(tx, row);
            return true;
        });
        live.forget(id);
    }

    private static void remove(Transaction tx, MachineRow row) {
        Protection.endJobs(tx, row, "The machine was removed.");
        MachineTable.delete(tx, row.id());
        EventTable.add(
                tx,
                Health.NORMAL,
                EventKind.MACHINE_REMOVED,
                row.id(),
                null,
                "The machine " + row.name() + " was removed.",
                row.name());
    }
}

package dev.breakwater.configurationserver.replication;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.port.Ports;
import dev.breakwater.configurationserver.replication.LiveStatus.MachineHeard;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.PolicyTable;
import dev.breakwater.configurationserver.store.ProcessServerRow;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Registered machines as administrators see them.
public final class Machines {

    /// Half of what a receiver takes: a machine alone may fill the other half.
    private static final long PAGE_BYTES = ControlJson.MAX_BODY_BYTES / 2;

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
        return database.read(
                tx -> MachineTable.all(tx).stream().map(row -> view(tx, row)).toList());
    }

    /// Those past an identity, by identity, at most so many and as many as an answer holds; none only after the last.
    ///
    /// @param after the last identity of the page before; absent for the first page
    public List<MachineView> page(@Nullable MachineId after, int limit) {
        List<MachineView> views =
                database.read(tx -> MachineTable.after(tx, after == null ? "" : after.toString(), limit).stream()
                        .map(row -> view(tx, row))
                        .toList());
        long bytes = 0;
        for (int i = 0; i < views.size(); i++) {
            bytes += bytes(views.get(i));
            if (bytes > PAGE_BYTES && i > 0) {
                return views.subList(0, i);
            }
        }
        return views;
    }

    private static long bytes(MachineView view) {
        try {
            return ControlJson.mapper().writeValueAsBytes(view).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The one of that name or identity.
    public MachineView one(String reference) {
        return database.read(tx -> view(tx, Lookup.machine(tx, reference)));
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
                tx, Health.NORMAL, "machine-removed", row.id(), null, "The machine " + row.name() + " was removed.");
    }

    /// The view of one.
    MachineView view(Transaction tx, MachineRow row) {
        MachineHeard heard = live.machine(row.id()).orElse(null);
        RecoveryPoint newest = row.newestPoint();
        Duration rpo = newest == null || !row.isProtected() ? null : age(newest, heard, tx.now());
        List<String> problems = new ArrayList<>();
        Health health = row.isProtected()
                ? HealthRules.ofMachine(heard, tx.now(), rpo, policy(tx, row).rpoThreshold(), problems)
                : Health.NORMAL;
        if (Revoked.is(tx, row.id())) {
            health = Health.CRITICAL;
            problems.add(Revoked.PROBLEM);
        }
        return new MachineView(
                row.id(),
                row.name(),
                row.state(),
                row.testFailoverState(),
                health,
                problems,
                row.policy(),
                row.processServer(),
                row.processServer() == null
                        ? null
                        : ProcessServerTable.byId(tx, row.processServer())
                                .map(ProcessServerRow::name)
                                .orElse(null),
                DiskTable.active(tx, row.id()).stream()
                        .map(disk ->
                                new MachineView.ProtectedDisk(disk.id(), disk.device(), disk.sizeBytes(), disk.boot()))
                        .toList(),
                heard == null ? null : heard.at(),
                newest == null ? null : newest.id(),
                newest == null ? null : newest.time(),
                rpo == null ? null : rpo.toSeconds(),
                heard == null ? null : heard.status(),
                row.inventory());
    }

    /// How old a point is; its time is that of the machine's clock.
    private static Duration age(RecoveryPoint point, @Nullable MachineHeard heard, Instant now) {
        Duration ahead = heard == null || heard.ahead() == null ? Duration.ZERO : heard.ahead();
        // Not from the machine's clock to a time: that may be one which there is not.
        Duration age = Duration.between(point.time(), now).plus(ahead);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static ReplicationPolicy policy(Transaction tx, MachineRow row) {
        return row.policy() == null
                ? ReplicationPolicy.DEFAULT
                : PolicyTable.byName(tx, row.policy()).orElse(ReplicationPolicy.DEFAULT);
    }
}

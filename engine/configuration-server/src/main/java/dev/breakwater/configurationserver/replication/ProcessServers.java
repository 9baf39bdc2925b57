package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.port.KeyRing;
import dev.breakwater.configurationserver.port.Ports;
import dev.breakwater.configurationserver.replication.LiveStatus.ServerHeard;
import dev.breakwater.configurationserver.store.CertificateTable;
import dev.breakwater.configurationserver.store.CertificateTable.Standing;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.DurableTable;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.ProcessServerRow;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.Assignments.Assignment;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Process servers: their health, which one a machine gets, and what each of them serves.
public final class ProcessServers {

    /// A disk whose size the machine has not told yet is described as this large; the vault learns the real size
    /// from the machine itself.
    private static final long SIZE_UNKNOWN = 512;

    private final Database database;
    private final LiveStatus live;
    private final Ports ports;
    private final Map<MachineId, KeyRing.Keys> keys = new ConcurrentHashMap<>();

    /// The process servers of that database.
    public ProcessServers(Database database, LiveStatus live, Ports ports) {
        this.database = database;
        this.live = live;
        this.ports = ports;
    }

    /// All of them.
    public List<ProcessServerView> all() {
        return database.read(tx ->
                ProcessServerTable.all(tx).stream().map(row -> view(tx, row)).toList());
    }

    /// What one of them serves.
    public Assignments assignments(ProcessServerId id) {
        record Served(
                MachineRow machine,
                List<DiskOrder> disks,
                ReplicationPolicy policy,
                Standing standing,
                long newestSlot) {}
        record Known(long version, @Nullable ThrottleSetting throttle, List<Served> machines) {}
        Known known = database.read(tx -> new Known(
                ProcessServerTable.byId(tx, id).map(ProcessServerRow::version).orElse(0L),
                ProcessServerTable.byId(tx, id).map(ProcessServerRow::throttle).orElse(null),
                MachineTable.servedBy(tx, id).stream()
                        .filter(MachineRow::isProtected)
                        .map(machine -> new Served(
                                machine,
                                DiskTable.active(tx, machine.id()),
                                Lookup.policy(tx, machine.policy() == null ? "default" : machine.policy()),
                                CertificateTable.standing(
                                                tx,
                                                new PeerName(
                                                        PeerRole.MACHINE,
                                                        machine.id().uuid()))
                                        .orElseThrow(),
                                DurableTable.newestSlot(tx, machine.id())))
                        .toList()));
        List<Assignment> machines = new ArrayList<>();
        for (Served served : known.machines()) {
            KeyRing.Keys sealing = keys(
                    served.machine().id(),
                    served.disks().stream().map(DiskOrder::id).toList());
            machines.add(new Assignment(
                    served.machine().id(),
                    served.machine().name(),
                    served.machine().epoch(),
                    served.disks().stream().map(ProcessServers::described).toList(),
                    sealing.machineKey(),
                    sealing.diskKeys(),
                    served.policy(),
                    served.standing().good(),
                    served.standing().registration(),
                    served.newestSlot()));
        }
        return new Assignments(known.version(), ports.vault(), machines, known.throttle());
    }

    /// Has every process server fetch its assignments again: the vault's keys may have been rotated while this server
    /// did not run.
    public void tellAnew() {
        database.write(tx -> {
            ProcessServerTable.all(tx).forEach(server -> ProcessServerTable.assignmentsChanged(tx, server.id()));
            return true;
        });
    }

    /// The version of what one of them serves; another one means that something changed.
    public long version(ProcessServerId id) {
        return database.read(tx ->
                ProcessServerTable.byId(tx, id).map(ProcessServerRow::version).orElse(0L));
    }

    /// The keys of a machine; created in the vault when they are first asked for, then remembered, so that a vault
    /// that is away for a while keeps no process server from starting.
    ///
    /// @throws Refusal if the vault is away
    KeyRing.Keys keys(MachineId machine, List<DiskId> disks) {
        Set<DiskId> wanted = new HashSet<>(disks);
        KeyRing.Keys known = keys.get(machine);
        if (known != null && known.diskKeys().keySet().equals(wanted)) {
            return known;
        }
        try {
            KeyRing.Keys fetched = ports.keys().keys(machine, disks);
            keys.put(machine, fetched);
            return fetched;
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "vault-unavailable",
                    "The keys of the machine could not be fetched.",
                    String.valueOf(e.getMessage()));
        }
    }

    /// Takes what a process server told. Machines hear of a new address of theirs.
    public void heard(ProcessServerId id, ProcessServerHealth health) {
        database.write(tx -> {
            ProcessServerTable.byId(tx, id).ifPresent(row -> {
                if (row.port() != health.replicationPort() || !row.hosts().equals(health.hosts())) {
                    ProcessServerTable.reachedAt(tx, id, health.hosts(), health.replicationPort());
                    MachineTable.servedBy(tx, id).forEach(machine -> MachineTable.ordersChanged(tx, machine.id()));
                }
            });
            live.told(id, health, tx.now());
            return true;
        });
    }

    /// Limits what the machines of a process server may send, or lifts the limits with null.
    public ProcessServerView throttle(String reference, @Nullable ThrottleSetting setting) {
        return database.write(tx -> {
            ProcessServerRow row = Lookup.server(tx, reference);
            ProcessServerTable.throttle(tx, row.id(), setting);
            EventTable.add(tx, limited(tx, row.name(), setting));
            return view(tx, Lookup.server(tx, row.name()));
        });
    }

    private static Event limited(Transaction tx, String name, @Nullable ThrottleSetting setting) {
        return setting == null
                ? Event.of(
                        tx.now(),
                        Health.NORMAL,
                        EventKind.THROTTLE_LIFTED,
                        null,
                        null,
                        "The process server " + name + " takes what its machines send without a limit.",
                        name)
                : Event.of(
                        tx.now(),
                        Health.NORMAL,
                        EventKind.THROTTLE_CHANGED,
                        null,
                        null,
                        "The process server " + name + " limits what its machines send: " + setting.schedule() + " ("
                                + setting.zone() + ").",
                        name,
                        setting.schedule(),
                        setting.zone());
    }

    /// The process server for a machine: the named one, else the healthy one with the fewest machines.
    ProcessServerRow choose(Transaction tx, @Nullable String named) {
        if (named != null) {
            ProcessServerRow row = Lookup.server(tx, named);
            requireUsable(view(tx, row));
            return row;
        }
        return ProcessServerTable.all(tx).stream()
                .map(row -> new Candidate(row, view(tx, row)))
                .filter(candidate -> usable(candidate.view()))
                .min(Comparator.comparing(
                                (Candidate candidate) -> candidate.view().health())
                        .thenComparingInt(candidate -> candidate.view().machines())
                        .thenComparing(candidate -> candidate.row().name()))
                .map(Candidate::row)
                .orElseThrow(() -> Refusal.conflict(
                        "no-process-server",
                        "No process server can take the machine.",
                        whyNone(tx),
                        "Look at `breakwater process-servers list`."));
    }

    private String whyNone(Transaction tx) {
        List<String> reasons = ProcessServerTable.all(tx).stream()
                .map(row -> row.name() + ": " + Problem.texts(view(tx, row).problems()))
                .toList();
        return reasons.isEmpty() ? "None is registered." : String.join(" ", reasons);
    }

    private record Candidate(ProcessServerRow row, ProcessServerView view) {}

    /// The view of one.
    ProcessServerView view(Transaction tx, ProcessServerRow row) {
        ServerHeard heard = live.server(row.id()).orElse(null);
        List<Problem> problems = new ArrayList<>();
        Health health = HealthRules.ofProcessServer(heard, tx.now(), problems);
        if (Revoked.is(tx, row.id())) {
            health = Health.CRITICAL;
            problems.add(Revoked.PROBLEM);
        }
        return new ProcessServerView(
                row.id(),
                row.name(),
                row.hosts(),
                row.port(),
                MachineTable.servedBy(tx, row.id()).size(),
                health,
                problems,
                heard == null ? null : heard.at(),
                Duration.between(tx.now(), row.certificateUntil()).toDays(),
                heard == null ? null : heard.health(),
                row.throttle());
    }

    private static void requireUsable(ProcessServerView view) {
        if (!usable(view)) {
            throw Refusal.conflict(
                    "process-server-unusable",
                    "The process server " + view.name() + " cannot take machines now.",
                    Problem.texts(view.problems()),
                    "Choose another one, or bring it back.");
        }
    }

    private static boolean usable(ProcessServerView view) {
        return view.health() != Health.CRITICAL && view.replicationPort() > 0;
    }

    private static DiskDescription described(DiskOrder disk) {
        return new DiskDescription(
                disk.id(), disk.device(), disk.sizeBytes() > 0 ? disk.sizeBytes() : SIZE_UNKNOWN, disk.boot());
    }
}

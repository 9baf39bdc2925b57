package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.jobs.JobMoves;
import dev.breakwater.configurationserver.jobs.Jobs;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.FormerServerTable;
import dev.breakwater.configurationserver.store.JobTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.OrderTable;
import dev.breakwater.configurationserver.store.ProcessServerRow;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.RpoTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.ApiError;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.Kind;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.control.machine.MachineInventory.InventoryDisk;
import dev.breakwater.control.machine.PointOrder;
import dev.breakwater.control.machine.ResyncOrder;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.platform.Entropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What administrators order about the replication of machines. Each order is one transaction that leaves a job.
public final class Protection {

    private final Database database;
    private final ProcessServers servers;
    private final Entropy entropy;

    /// Orders about the machines of that database.
    public Protection(Database database, ProcessServers servers, Entropy entropy) {
        this.database = database;
        this.servers = servers;
        this.entropy = entropy;
    }

    /// Protects a machine. Its keys are in the vault before the order is accepted.
    public JobView protect(String reference, ProtectRequest request) {
        record Planned(MachineId machine, List<DiskOrder> disks) {}
        Planned planned = database.read(tx -> {
            MachineRow machine = Lookup.machine(tx, reference);
            return new Planned(machine.id(), disks(tx, machine, request.disks()));
        });
        servers.keys(
                planned.machine(), planned.disks().stream().map(DiskOrder::id).toList());
        return database.write(tx -> {
            MachineRow machine = Lookup.machine(tx, planned.machine());
            if (machine.state() != ProtectionState.UNPROTECTED) {
                throw Refusal.conflict(
                        "machine-protected",
                        "The machine " + machine.name() + " is protected already, or its protection is just ending.",
                        "It is " + machine.state() + ".",
                        "To change its disks, end its protection and protect it anew: its points stay, and disks that were"
                                + " protected before are compared with the vault and send only what differs. Its policy is"
                                + " changed with `breakwater machines change-policy`.");
            }
            ReplicationPolicy policy =
                    Lookup.policy(tx, request.policy() == null ? ReplicationPolicy.DEFAULT.name() : request.policy());
            ProcessServerRow server = servers.choose(tx, request.processServer());
            DiskTable.protect(tx, machine.id(), planned.disks());
            MachineRow enabled = machine.in(ProtectionState.ENABLING_PROTECTION).assigned(policy.name(), server.id());
            MachineTable.update(tx, enabled);
            ProcessServerTable.assignmentsChanged(tx, server.id());
            VaultDocuments.machine(tx, enabled);
            return Jobs.create(tx, entropy.uuid(), Kind.PROTECT, machine, JobSteps.PROTECT, ordersFrom(tx, machine));
        });
    }

    /// Ends a machine's protection. Its points stay in the vault.
    public JobView unprotect(String reference) {
        return database.write(tx -> {
            MachineRow machine = requireProtected(Lookup.machine(tx, reference));
            endJobs(tx, machine, "The machine's protection was ended.");
            if (machine.processServer() != null) {
                ProcessServerTable.assignmentsChanged(tx, machine.processServer());
                FormerServerTable.add(tx, machine.id(), machine.processServer());
            }
            MachineTable.update(
                    tx, machine.in(ProtectionState.DISABLING_PROTECTION).assigned(null, null));
            DiskTable.unprotect(tx, machine.id());
            RpoTable.add(tx, machine.id(), null);
            VaultDocuments.machine(tx, Lookup.machine(tx, machine.id()));
            return Jobs.create(
                    tx, entropy.uuid(), Kind.UNPROTECT, machine, JobSteps.UNPROTECT, ordersFrom(tx, machine));
        });
    }

    /// Moves a machine to another process server.
    public JobView move(String reference, String to) {
        return database.write(tx -> {
            MachineRow machine = requireProtected(Lookup.machine(tx, reference));
            ProcessServerRow server = servers.choose(tx, to);
            if (server.id().equals(machine.processServer())) {
                throw Refusal.conflict(
                        "already-there",
                        "The machine " + machine.name() + " is served by " + server.name() + " already.",
                        "",
                        "Choose another process server.");
            }
            if (machine.processServer() != null) {
                ProcessServerTable.assignmentsChanged(tx, machine.processServer());
                FormerServerTable.add(tx, machine.id(), machine.processServer());
            }
            ProcessServerTable.assignmentsChanged(tx, server.id());
            MachineTable.update(tx, machine.assigned(machine.policy(), server.id()));
            return Jobs.create(tx, entropy.uuid(), Kind.MOVE_MACHINE, machine, JobSteps.MOVE, ordersFrom(tx, machine));
        });
    }

    /// Puts a machine under another policy: its process server keeps points by it, the machine takes them by it. The
    /// data goes on as it was. A repeat changes nothing; while the machine has not heard of it, it is the same job.
    public JobView follow(String reference, String policy) {
        return database.write(tx -> {
            MachineRow machine = requireProtected(Lookup.machine(tx, reference));
            ReplicationPolicy wanted = Lookup.policy(tx, policy);
            boolean another = !wanted.name().equals(machine.policy());
            for (JobView job : JobTable.unfinished(tx, machine.id())) {
                if (job.kind() == Kind.CHANGE_POLICY && !another) {
                    return job;
                }
                if (job.kind() == Kind.CHANGE_POLICY) {
                    endJob(tx, machine, job, "The machine was put under yet another policy.", "Nothing is to be done.");
                }
            }
            if (another) {
                MachineRow under = machine.under(wanted.name());
                MachineTable.update(tx, under);
                if (machine.processServer() != null) {
                    ProcessServerTable.assignmentsChanged(tx, machine.processServer());
                }
                VaultDocuments.machine(tx, under);
                EventTable.add(
                        tx,
                        Health.NORMAL,
                        EventKind.POLICY_CHANGED,
                        machine.id(),
                        null,
                        "The machine " + machine.name() + " follows the policy " + wanted.name() + " instead of "
                                + machine.policy() + ".",
                        machine.name(),
                        wanted.name(),
                        String.valueOf(machine.policy()));
            }
            return Jobs.create(
                    tx, entropy.uuid(), Kind.CHANGE_POLICY, machine, JobSteps.POLICY, ordersFrom(tx, machine));
        });
    }

    /// Takes a recovery point.
    public JobView createPoint(String reference, PointRequest request) {
        return database.write(tx -> {
            MachineRow machine = requireProtected(Lookup.machine(tx, reference));
            int timeout =
                    request.timeoutSeconds() == null ? PointRequest.DEFAULT_TIMEOUT_SECONDS : request.timeoutSeconds();
            PointOrder order = new PointOrder(
                    entropy.uuid(),
                    new PointId(entropy.uuid()),
                    request.type() == null ? PointType.CRASH_CONSISTENT : request.type(),
                    request.runFrozen(),
                    timeout);
            UUID id = entropy.uuid();
            JobView job = Jobs.create(
                    tx,
                    id,
                    Kind.CREATE_POINT,
                    machine,
                    JobSteps.POINT,
                    new JobSteps.PointAsked(order.pointId(), timeout));
            OrderTable.add(tx, machine.id(), id, order);
            return job;
        });
    }

    /// Compares a machine with the vault by digest.
    public JobView resynchronise(String reference) {
        return database.write(tx -> {
            MachineRow machine = requireProtected(Lookup.machine(tx, reference));
            UUID id = entropy.uuid();
            JobView job = Jobs.create(tx, id, Kind.RESYNCHRONISE, machine, JobSteps.RESYNC, ordersFrom(tx, machine));
            OrderTable.add(tx, machine.id(), id, new ResyncOrder(entropy.uuid(), "asked for by an administrator"));
            return job;
        });
    }

    /// Ends the jobs of a machine whose replication ends.
    static void endJobs(Transaction tx, MachineRow machine, String why) {
        for (JobView job : JobTable.unfinished(tx, machine.id())) {
            if (job.kind() == Kind.TEST_FAILOVER || job.kind() == Kind.TEST_FAILOVER_CLEANUP) {
                continue;
            }
            endJob(tx, machine, job, why, "Protect the machine again.");
        }
    }

    private static void endJob(Transaction tx, MachineRow machine, JobView job, String why, String remedy) {
        ApiError error = new ApiError("superseded", "The job was ended before it was done.", "", why, remedy);
        Jobs.save(tx, job, JobMoves.fail(job, error, tx.now()));
        OrderTable.done(tx, machine.id(), job.id());
    }

    private static JobSteps.OrdersFrom ordersFrom(Transaction tx, MachineRow machine) {
        return new JobSteps.OrdersFrom(Lookup.machine(tx, machine.id()).orderVersion());
    }

    private static MachineRow requireProtected(MachineRow machine) {
        if (!machine.isProtected()) {
            throw Refusal.conflict(
                    "machine-not-protected",
                    "The machine " + machine.name() + " is not protected.",
                    "",
                    "Protect it with `breakwater machines protect`.");
        }
        return machine;
    }

    private List<DiskOrder> disks(Transaction tx, MachineRow machine, List<String> devices) {
        List<DiskOrder> disks = new ArrayList<>();
        for (String device : devices) {
            Optional<InventoryDisk> described = described(machine.inventory(), device);
            described.filter(disk -> !disk.protectable().isEmpty()).ifPresent(disk -> {
                throw Refusal.conflict(
                        "disk-not-protectable",
                        "The disk " + device + " of " + machine.name() + " cannot be protected.",
                        disk.protectable(),
                        "Choose another disk.");
            });
            DiskId id = DiskTable.known(tx, machine.id(), device).orElseGet(() -> DiskId.of(machine.id(), device));
            disks.add(new DiskOrder(
                    id,
                    device,
                    described.map(InventoryDisk::sizeBytes).orElse(0L),
                    described.map(InventoryDisk::boot).orElse(disks.isEmpty())));
        }
        return disks;
    }

    private static Optional<InventoryDisk> described(@Nullable MachineInventory inventory, String device) {
        return inventory == null
                ? Optional.empty()
                : inventory.disks().stream()
                        .filter(disk -> disk.device().equals(device))
                        .findFirst();
    }
}

package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.jobs.JobMoves;
import dev.breakwater.configurationserver.jobs.Jobs;
import dev.breakwater.configurationserver.replication.LiveStatus.MachineHeard;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.DurableTable;
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
import dev.breakwater.control.admin.JobResult.InitialReplication;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.Kind;
import dev.breakwater.control.admin.JobView.Step;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.machine.MachineStatus.DiskProgress;
import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.DurableReport.DurableSlot;
import dev.breakwater.control.processserver.DurableReport.VaultLoss;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.model.RecoveryPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Moves jobs on by what machines and process servers tell.
public final class Progress {

    /// A machine that is away does not keep its protection from being ended.
    private static final Duration UNPROTECT_PATIENCE = Duration.ofSeconds(60);

    /// Beyond its own time-out, a point may wait this long for a backlog to drain into the vault.
    private static final Duration POINT_PATIENCE = Duration.ofHours(6);

    /// A machine that is away this long is a matter of its own; it fetches its schedule when it is back.
    private static final Duration POLICY_PATIENCE = Duration.ofHours(6);

    private final Database database;
    private final LiveStatus live;

    /// At most as many as there are machines times process servers.
    private final Set<String> doubted = ConcurrentHashMap.newKeySet();

    /// Moves the jobs of that database.
    public Progress(Database database, LiveStatus live) {
        this.database = database;
        this.live = live;
    }

    /// A machine told how it is doing.
    public void status(MachineId machine, MachineStatus status) {
        database.write(tx -> {
            live.told(machine, status, tx.now());
            MachineTable.byId(tx, machine).ifPresent(row -> follow(tx, row));
            return true;
        });
    }

    /// A machine told what became of an order.
    public void result(MachineId machine, UUID orderId, OrderResult result) {
        database.write(tx -> {
            OrderTable.job(tx, machine, orderId)
                    .flatMap(id -> JobTable.byId(tx, id))
                    .ifPresent(job -> result(tx, machine, job, result));
            return true;
        });
    }

    /// A process server told what has become durable. It is believed about machines that it serves, and about
    /// slots that it wrote before another took over; what it says of others is put aside, and an
    /// administrator hears of it.
    public void durable(ProcessServerId server, DurableReport report) {
        database.write(tx -> {
            for (VaultLoss loss : report.losses()) {
                MachineTable.byId(tx, loss.machine()).ifPresent(row -> {
                    if (server.equals(row.processServer())) {
                        lost(tx, row, loss);
                    } else {
                        notBelieved(tx, row, server);
                    }
                });
            }
            for (DurableSlot slot : report.slots()) {
                MachineTable.byId(tx, slot.machine()).ifPresent(row -> durable(tx, row, server, slot));
            }
            return true;
        });
    }

    private void durable(Transaction tx, MachineRow row, ProcessServerId server, DurableSlot slot) {
        boolean serves = server.equals(row.processServer());
        if (!serves && !FormerServerTable.wrote(tx, row.id(), server, slot.slot())) {
            notBelieved(tx, row, server);
            return;
        }
        if (!DurableTable.add(tx, slot)) {
            return;
        }
        if (serves) {
            FormerServerTable.handedOver(tx, row.id(), slot.slot());
        }
        takenOver(tx, row, server);
        RecoveryPoint point = slot.point();
        if (point != null && point.machine().equals(slot.machine())) {
            durable(tx, row, point);
        }
    }

    /// Said once for each machine until this server restarts: a report may be repeated for ever.
    private void notBelieved(Transaction tx, MachineRow row, ProcessServerId server) {
        if (doubted.add(row.id() + " " + server)) {
            String name = ProcessServerTable.byId(tx, server)
                    .map(ProcessServerRow::name)
                    .orElse(server.toString());
            EventTable.add(
                    tx,
                    Health.WARNING,
                    EventKind.REPORT_NOT_BELIEVED,
                    row.id(),
                    null,
                    "The process server " + name + " reported recovery points of " + row.name()
                            + ", which it does not serve. They were not taken into account. If the machine was moved away"
                            + " from it, it has perhaps not heard of that yet; if it never served the machine, look at"
                            + " who has access to it, and revoke it if in doubt.",
                    name,
                    row.name());
        }
    }

    private static void lost(Transaction tx, MachineRow row, VaultLoss loss) {
        DurableTable.lost(tx, row.id(), loss.newestSlot());
        if (row.newestPoint() != null && row.newestPoint().slot() > loss.newestSlot()) {
            MachineTable.noNewestPoint(tx, row.id());
            RpoTable.add(tx, row.id(), null);
        }
        EventTable.add(
                tx,
                Health.CRITICAL,
                EventKind.VAULT_LOST_POINTS,
                row.id(),
                null,
                "The vault has lost recovery points of " + row.name() + ": its newest slot is " + loss.newestSlot()
                        + ", but slot " + loss.knownSlot() + " was durable. " + loss.cause()
                        + " The machine is compared with the vault, and new points are whole. Run `vault check --data` to"
                        + " see what else is damaged, and look for a copy of the vault.",
                row.name(),
                loss.newestSlot(),
                loss.knownSlot(),
                loss.cause());
    }

    /// The vault holds these points of a machine; some may never have been reported.
    public void found(MachineId machine, List<RecoveryPoint> points) {
        database.write(tx -> {
            MachineTable.byId(tx, machine).ifPresent(row -> {
                long known = row.newestPoint() == null ? -1 : row.newestPoint().slot();
                points.stream().filter(point -> point.slot() > known).forEach(point -> durable(tx, row, point));
            });
            return true;
        });
    }

    /// A process server told which machines are connected to it.
    public void connected(ProcessServerId server, ProcessServerHealth health) {
        for (ProcessServerHealth.MachineTraffic traffic : health.machines()) {
            if (traffic.connected() && moving(traffic.machine())) {
                database.write(tx -> {
                    MachineTable.byId(tx, traffic.machine()).ifPresent(row -> takenOver(tx, row, server));
                    return true;
                });
            }
        }
    }

    /// Ends what has waited too long, and moves on what only time moves.
    public void tick() {
        boolean idle = database.read(tx -> JobTable.unfinished(tx).isEmpty());
        if (idle) {
            return;
        }
        database.write(tx -> {
            for (JobView job : JobTable.unfinished(tx)) {
                if (job.machine() != null) {
                    MachineTable.byId(tx, job.machine()).ifPresent(row -> tick(tx, row, job));
                }
            }
            return true;
        });
    }

    private void tick(Transaction tx, MachineRow row, JobView job) {
        Duration age = Duration.between(job.createdAt(), tx.now());
        switch (job.kind()) {
            case UNPROTECT -> {
                if (knows(tx, row, job) || age.compareTo(UNPROTECT_PATIENCE) > 0) {
                    unprotected(tx, row, job);
                }
            }
            case CREATE_POINT -> {
                int timeout = JobTable.request(tx, job.id(), JobSteps.PointAsked.class)
                        .timeoutSeconds();
                if (age.compareTo(POINT_PATIENCE.plusSeconds(timeout)) > 0) {
                    fail(tx, row.id(), job, "The point did not become durable in " + age.toHours() + " h.");
                }
            }
            case MOVE_MACHINE -> {
                if (knows(tx, row, job)) {
                    Jobs.save(tx, job, JobMoves.begin(job, JobSteps.TAKE_OVER, tx.now()));
                }
            }
            case CHANGE_POLICY -> {
                if (knows(tx, row, job)) {
                    Jobs.save(tx, job, JobMoves.succeed(job, tx.now()));
                } else if (age.compareTo(POLICY_PATIENCE) > 0) {
                    Jobs.save(tx, job, JobMoves.fail(job, notHeard(row), tx.now()));
                }
            }
            case PROTECT, RESYNCHRONISE, TEST_FAILOVER, TEST_FAILOVER_CLEANUP -> {}
        }
    }

    private static ApiError notHeard(MachineRow row) {
        return new ApiError(
                "machine-silent",
                "The machine " + row.name() + " has not fetched its new schedule yet.",
                "Its points are kept by the policy " + row.policy() + "; it takes them as often as before.",
                "It was not heard for " + POLICY_PATIENCE.toHours() + " h.",
                "Bring its mobility service back: it fetches the schedule by itself.");
    }

    private void follow(Transaction tx, MachineRow row) {
        for (JobView job : JobTable.unfinished(tx, row.id())) {
            MachineStatus status =
                    live.machine(row.id()).map(MachineHeard::status).orElse(null);
            if (status != null && job.kind() == Kind.PROTECT && knows(tx, row, job)) {
                followProtect(tx, row, job, status);
            } else if (status != null && job.kind() == Kind.RESYNCHRONISE && knows(tx, row, job)) {
                Jobs.save(tx, job, moved(job, JobSteps.COMPARE, status));
            }
        }
    }

    private static void followProtect(Transaction tx, MachineRow row, JobView job, MachineStatus status) {
        JobView moved = job;
        switch (status.state()) {
            case INITIAL_REPLICATION, RESYNCHRONISING -> {
                moved = JobMoves.begin(moved, JobSteps.INITIAL_REPLICATION, tx.now());
                moved = moved(moved, JobSteps.INITIAL_REPLICATION, status);
                if (row.state() == ProtectionState.ENABLING_PROTECTION) {
                    MachineTable.update(tx, row.in(ProtectionState.INITIAL_REPLICATION_IN_PROGRESS));
                }
            }
            case REPLICATING -> moved = copied(tx, moved, status);
            case BLOCKED ->
                moved = JobMoves.detail(
                        moved, running(moved), "The machine stands still: " + String.join(" ", status.remarks()));
            case IDLE, SPOOLING -> {}
        }
        Jobs.save(tx, job, moved);
    }

    /// Initial replication is over: its figures are known.
    private static JobView copied(Transaction tx, JobView job, MachineStatus status) {
        boolean measuredBefore = job.steps().stream()
                .anyMatch(step -> step.name().equals(JobSteps.INITIAL_REPLICATION) && step.totalBytes() > 0);
        JobView moved = measuredBefore ? job : moved(job, JobSteps.INITIAL_REPLICATION, status);
        return measured(tx, JobMoves.begin(moved, JobSteps.FIRST_POINT, tx.now()));
    }

    /// Adds the figures of initial replication. A small disk may be copied between two reports of its machine; then
    /// the size of the disks is what was copied.
    private static JobView measured(Transaction tx, JobView job) {
        if (job.result().initialReplication() != null || job.machine() == null) {
            return job;
        }
        Step step = job.steps().stream()
                .filter(candidate -> candidate.name().equals(JobSteps.INITIAL_REPLICATION))
                .findFirst()
                .orElseThrow();
        long bytes = step.totalBytes() > 0
                ? step.totalBytes()
                : DiskTable.active(tx, job.machine()).stream()
                        .mapToLong(DiskOrder::sizeBytes)
                        .sum();
        Instant until = step.finishedAt() == null ? tx.now() : step.finishedAt();
        double seconds = Duration.between(job.createdAt(), until).toMillis() / 1000.0;
        return JobMoves.result(job, job.result().withInitialReplication(InitialReplication.of(bytes, seconds)));
    }

    private static JobView moved(JobView job, String step, MachineStatus status) {
        long total = status.disks().stream().mapToLong(DiskProgress::totalBytes).sum();
        long done = status.disks().stream().mapToLong(DiskProgress::doneBytes).sum();
        return total == 0 ? job : JobMoves.moved(job, step, done, total);
    }

    private static String running(JobView job) {
        return job.steps().stream()
                .filter(step -> step.state() == JobView.State.RUNNING)
                .map(Step::name)
                .findFirst()
                .orElse(JobSteps.ENABLE);
    }

    private void result(Transaction tx, MachineId machine, JobView job, OrderResult result) {
        if (!result.succeeded()) {
            fail(tx, machine, job, result.message() == null ? "The machine gave no reason." : result.message());
        } else if (job.kind() == Kind.CREATE_POINT) {
            JobView moved = JobMoves.detail(job, JobSteps.TAKE_POINT, result.message());
            Jobs.save(tx, job, JobMoves.begin(moved, JobSteps.STORE_POINT, tx.now()));
        } else {
            OrderTable.done(tx, machine, job.id());
            Jobs.save(tx, job, JobMoves.succeed(job, tx.now()));
        }
    }

    private static void fail(Transaction tx, MachineId machine, JobView job, String cause) {
        OrderTable.done(tx, machine, job.id());
        ApiError error = new ApiError(
                "failed-on-machine",
                "The machine " + job.machineName() + " could not do what was asked.",
                "Earlier recovery points stay, and no change is lost.",
                cause,
                "Remove the cause and ask again.");
        Jobs.save(tx, job, JobMoves.fail(job, error, tx.now()));
    }

    private void durable(Transaction tx, MachineRow row, RecoveryPoint point) {
        if (DurableTable.isNewest(tx, row.id(), point)) {
            MachineTable.newestPoint(tx, point);
            if (row.isProtected()) {
                MachineHeard heard = live.machine(row.id()).orElse(null);
                RpoTable.add(tx, row.id(), MachineViews.age(point, heard, tx.now()));
            }
        }
        EventTable.add(
                tx,
                Health.NORMAL,
                EventKind.POINT_DURABLE,
                row.id(),
                null,
                "The recovery point " + point.id() + " of " + row.name() + " is in the vault.",
                row.name(),
                point.time(),
                point.id());
        for (JobView job : JobTable.unfinished(tx, row.id())) {
            if (job.kind() == Kind.PROTECT) {
                JobView measured = measured(tx, JobMoves.begin(job, JobSteps.FIRST_POINT, tx.now()));
                JobView done = JobMoves.result(measured, measured.result().withPoint(point));
                Jobs.save(tx, job, JobMoves.succeed(done, tx.now()));
                MachineTable.update(tx, row.in(ProtectionState.PROTECTED));
            } else if (job.kind() == Kind.CREATE_POINT
                    && JobTable.request(tx, job.id(), JobSteps.PointAsked.class)
                            .pointId()
                            .equals(point.id())) {
                OrderTable.done(tx, row.id(), job.id());
                JobView done = JobMoves.result(job, job.result().withPoint(point));
                Jobs.save(tx, job, JobMoves.succeed(done, tx.now()));
            }
        }
    }

    private boolean moving(MachineId machine) {
        return database.read(
                tx -> JobTable.unfinished(tx, machine).stream().anyMatch(job -> job.kind() == Kind.MOVE_MACHINE));
    }

    private static void takenOver(Transaction tx, MachineRow row, ProcessServerId server) {
        if (!server.equals(row.processServer())) {
            return;
        }
        for (JobView job : JobTable.unfinished(tx, row.id())) {
            if (job.kind() == Kind.MOVE_MACHINE) {
                Jobs.save(tx, job, JobMoves.succeed(job, tx.now()));
            }
        }
    }

    private static void unprotected(Transaction tx, MachineRow row, JobView job) {
        MachineTable.update(tx, row.in(ProtectionState.UNPROTECTED));
        Jobs.save(tx, job, JobMoves.succeed(job, tx.now()));
    }

    private boolean knows(Transaction tx, MachineRow row, JobView job) {
        long from = JobTable.request(tx, job.id(), JobSteps.OrdersFrom.class).orderVersion();
        return live.machine(row.id())
                .filter(heard -> heard.ordersCarriedOut() >= from)
                .isPresent();
    }
}

package dev.breakwater.configurationserver.jobs;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.port.Ports;
import dev.breakwater.configurationserver.port.Recovery;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.JobTable;
import dev.breakwater.configurationserver.store.LastTestTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.ApiError;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.CleanUpRequest;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.Kind;
import dev.breakwater.control.admin.LastTest;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.control.admin.TestFailoverResult;
import dev.breakwater.control.admin.TestFailoverState;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.Threads;
import dev.breakwater.platform.log.LogContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Test failovers and their clean-up: at most one per machine, each driven by a thread of its own, taken up
/// again after a restart.
public final class TestFailovers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TestFailovers.class);

    private final Database database;
    private final Ports ports;
    private final Entropy entropy;
    private final ExecutorService workers;

    /// Test failovers of the machines of that database.
    public TestFailovers(Database database, Ports ports, Entropy entropy, Threads threads) {
        this.workers = Executors.newThreadPerTaskExecutor(threads.background("test-failover-"));
        this.database = database;
        this.ports = ports;
        this.entropy = entropy;
    }

    /// What a test failover has to remember.
    record Asked(
            RecoveryPoint point,
            List<DiskId> disks,
            @Nullable String probeHttp,
            @Nullable String probeSerial,
            int timeoutSeconds) {}

    /// What a clean-up has to remember.
    record CleanUpAsked(UUID testJob, @Nullable CleanUpRequest verdict) {}

    /// Takes up what was under way when the server stopped.
    public void resume() {
        for (JobView job : database.read(JobTable::unfinished)) {
            if (job.kind() == Kind.TEST_FAILOVER) {
                workers.execute(() -> drive(job, () -> test(job)));
            } else if (job.kind() == Kind.TEST_FAILOVER_CLEANUP) {
                workers.execute(() -> drive(job, () -> cleanUp(job)));
            }
        }
    }

    /// Starts a machine from a point in an isolated network.
    public JobView test(String reference, TestFailoverRequest request) {
        MachineRow found = database.read(tx -> machine(tx, reference));
        List<DiskId> disks = database.read(tx -> DiskTable.everProtected(tx, found.id()));
        RecoveryPoint point = point(found, disks, request.point());
        int timeout = request.timeoutSeconds() == null
                ? TestFailoverRequest.DEFAULT_TIMEOUT_SECONDS
                : request.timeoutSeconds();
        JobView job = database.write(tx -> {
            MachineRow row = machine(tx, reference);
            if (row.testFailoverState() != TestFailoverState.NONE) {
                throw Refusal.conflict(
                        "test-failover-present",
                        "The machine " + row.name() + " has a test failover already.",
                        "It is " + row.testFailoverState() + ".",
                        "Clean it up with `breakwater failover cleanup`.");
            }
            UUID id = entropy.uuid();
            MachineTable.update(tx, row.testing(TestFailoverState.TEST_FAILOVER_INITIATED, id));
            return Jobs.create(
                    tx,
                    id,
                    Kind.TEST_FAILOVER,
                    row,
                    List.of(),
                    new Asked(point, disks, request.probeHttp(), request.probeSerial(), timeout));
        });
        workers.execute(() -> drive(job, () -> test(job)));
        return job;
    }

    /// Removes what a test failover made, and keeps what a person says of it.
    public JobView cleanUp(String reference, CleanUpRequest verdict) {
        JobView job = database.write(tx -> {
            MachineRow row = machine(tx, reference);
            UUID testJob = row.testFailoverJob();
            if (testJob == null || row.testFailoverState() == TestFailoverState.NONE) {
                throw Refusal.conflict(
                        "no-test-failover",
                        "The machine " + row.name() + " has no test failover.",
                        "",
                        "There is nothing to clean up.");
            }
            if (row.testFailoverState() == TestFailoverState.TEST_FAILOVER_INITIATED
                    || row.testFailoverState() == TestFailoverState.CLEANUP_INITIATED) {
                throw Refusal.conflict(
                        "test-failover-busy",
                        "The test failover of " + row.name() + " is under way.",
                        "It is " + row.testFailoverState() + ".",
                        "Wait until its job has ended.");
            }
            MachineTable.update(tx, row.testing(TestFailoverState.CLEANUP_INITIATED, testJob));
            return Jobs.create(
                    tx, entropy.uuid(), Kind.TEST_FAILOVER_CLEANUP, row, List.of(), new CleanUpAsked(testJob, verdict));
        });
        workers.execute(() -> drive(job, () -> cleanUp(job)));
        return job;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void drive(JobView job, Work work) {
        try (LogContext.Scope _ = LogContext.job(job.id(), job.machine())) {
            work.run();
        } catch (InterruptedException e) {
            LOG.info("The job {} is interrupted by the end of this server and goes on after its restart.", job.id());
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The job {} failed.", job.id(), e);
            fail(job.id(), TestFailoverState.FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void test(JobView job) throws IOException, InterruptedException {
        Asked asked = database.read(tx -> JobTable.request(tx, job.id(), Asked.class));
        MachineId machine = asked.point().machine();
        move(job.id(), moved -> JobMoves.result(moved, moved.result().withPoint(asked.point())));
        TestFailoverResult result = ports.recovery()
                .testFailover(
                        new Recovery.TestOrder(
                                job.id(),
                                machine,
                                String.valueOf(job.machineName()),
                                asked.disks(),
                                asked.point(),
                                asked.probeHttp(),
                                asked.probeSerial(),
                                Duration.ofSeconds(asked.timeoutSeconds()),
                                job.createdAt()),
                        (name, title) -> step(job.id(), name, title));
        move(job.id(), moved -> JobMoves.result(moved, moved.result().withTestFailover(result)));
        TestFailoverResult.Probe probe = result.probe();
        if (result.booted() && (probe == null || probe.passed())) {
            end(job.id(), TestFailoverState.COMPLETED);
        } else {
            fail(
                    job.id(),
                    TestFailoverState.FAILED,
                    probe == null || probe.detail() == null
                            ? "It showed no sign of life in " + asked.timeoutSeconds() + " s."
                            : probe.detail());
        }
    }

    private void cleanUp(JobView job) throws IOException, InterruptedException {
        CleanUpAsked asked = database.read(tx -> JobTable.request(tx, job.id(), CleanUpAsked.class));
        MachineId machine = job.machine();
        if (machine == null) {
            throw new IOException("The job names no machine.");
        }
        ports.recovery().cleanUp(asked.testJob(), machine, (name, title) -> step(job.id(), name, title));
        database.write(tx -> {
            JobTable.byId(tx, asked.testJob()).ifPresent(test -> tested(tx, machine, test, asked.verdict()));
            return true;
        });
        end(job.id(), TestFailoverState.NONE);
    }

    /// The test is over and counts.
    private static void tested(Transaction tx, MachineId machine, JobView test, @Nullable CleanUpRequest verdict) {
        CleanUpRequest said = verdict == null ? CleanUpRequest.SAYING_NOTHING : verdict;
        Jobs.save(tx, test, JobMoves.result(test, test.result().withVerdict(said)));
        TestFailoverResult seen = test.result().testFailover();
        LastTestTable.put(
                tx,
                machine,
                new LastTest(
                        test.id(),
                        test.createdAt(),
                        seen == null ? null : seen.point(),
                        test.state() == JobView.State.SUCCEEDED,
                        seen == null ? null : seen.rtoSeconds(),
                        said.outcome(),
                        said.notes()));
    }

    /// The picture that a test failover took of its machine's screen. Which file that is only its job decides.
    ///
    /// @throws Refusal if there is no such test or no picture, or it is larger than an answer
    public byte[] screenshot(UUID id) throws IOException {
        boolean test = database.read(tx -> JobTable.byId(tx, id))
                .filter(job -> job.kind() == Kind.TEST_FAILOVER)
                .isPresent();
        return (test ? ports.recovery().screenshot(id) : Optional.<byte[]>empty())
                .filter(picture -> picture.length <= ControlJson.MAX_BODY_BYTES)
                .orElseThrow(() -> Refusal.notFound(
                        "no-screenshot",
                        "There is no screenshot of a test failover " + id + ".",
                        "The machine may have had no screen, or it is larger than an answer; then it lies with the test's"
                                + " reports on the engine's computer."));
    }

    private void move(UUID id, UnaryOperator<JobView> move) {
        database.write(tx -> {
            JobTable.byId(tx, id).ifPresent(job -> Jobs.save(tx, job, move.apply(job)));
            return true;
        });
    }

    private void step(UUID id, String name, String title) {
        database.write(tx -> {
            JobTable.byId(tx, id).ifPresent(job -> Jobs.save(tx, job, JobMoves.append(job, name, title, tx.now())));
            return true;
        });
    }

    private void end(UUID id, TestFailoverState state) {
        database.write(tx -> {
            JobTable.byId(tx, id).ifPresent(job -> {
                Jobs.save(tx, job, JobMoves.succeed(job, tx.now()));
                state(tx, job, state);
            });
            return true;
        });
    }

    private void fail(UUID id, TestFailoverState state, String cause) {
        database.write(tx -> {
            JobTable.byId(tx, id).ifPresent(job -> {
                boolean test = job.kind() == Kind.TEST_FAILOVER;
                ApiError error = new ApiError(
                        test ? "test-failover-failed" : "cleanup-failed",
                        test
                                ? "The test machine of " + job.machineName() + " did not come up as it should."
                                : "What the test failover of " + job.machineName() + " made could not all be removed.",
                        "Replication goes on and no recovery point is lost.",
                        cause,
                        test
                                ? "Look at the screenshot and the serial log in the job's result, clean up, and test"
                                        + " another point."
                                : "Remove the cause and clean up again.");
                Jobs.save(tx, job, JobMoves.fail(job, error, tx.now()));
                state(tx, job, state);
            });
            return true;
        });
    }

    private static void state(Transaction tx, JobView job, TestFailoverState state) {
        if (job.machine() != null) {
            MachineTable.byId(tx, job.machine())
                    .ifPresent(row -> MachineTable.update(
                            tx, row.testing(state, state == TestFailoverState.NONE ? null : row.testFailoverJob())));
        }
    }

    private RecoveryPoint point(MachineRow machine, List<DiskId> disks, String wanted) {
        List<RecoveryPoint> points;
        try {
            points = disks.isEmpty() ? List.of() : ports.view().points(machine.id(), disks);
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "vault-unavailable", "The recovery points could not be listed.", String.valueOf(e.getMessage()));
        }
        boolean latest = TestFailoverRequest.LATEST.equals(wanted);
        return points.stream()
                .filter(point -> latest || point.id().toString().equalsIgnoreCase(wanted))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> Refusal.notFound(
                        "point-not-found",
                        "The vault holds no recovery point \"" + wanted + "\" of " + machine.name() + ".",
                        "List the points with `breakwater points list`."));
    }

    private static MachineRow machine(Transaction tx, String reference) {
        return MachineTable.byNameOrId(tx, reference)
                .orElseThrow(() -> Refusal.notFound(
                        "machine-not-found",
                        "No machine \"" + reference + "\" is registered.",
                        "List the machines with `breakwater machines list`."));
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}

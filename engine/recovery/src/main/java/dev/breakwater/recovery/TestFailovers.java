package dev.breakwater.recovery;

import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.site.RunId;
import dev.breakwater.site.Site;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs test failovers: pins a point, runs the machine from it on a site, asks for signs of life, and cleans up when
/// told to. Safe for several threads; a machine has at most one test at a time.
public final class TestFailovers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TestFailovers.class);

    /// Twelve chances to renew a pin before it expires.
    private static final Duration PIN_RENEWAL = Duration.ofMinutes(30);

    private final RecoveryPoints points;
    private final Site site;
    private final FlowJournal journal;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Map<MachineId, UUID> claims = new ConcurrentHashMap<>();
    private final Map<UUID, TestRun.OpenTest> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("pin-renewal").factory());

    /// Test failovers on a site.
    ///
    /// @param points the machines' recovery points
    /// @param site where machines run; stays the caller's
    /// @param journal where steps are recorded
    /// @param clock time of day
    /// @param nanos monotonic time
    public TestFailovers(
            RecoveryPoints points, Site site, FlowJournal journal, InstantSource clock, LongSupplier nanos) {
        this.points = points;
        this.site = site;
        this.journal = journal;
        this.clock = clock;
        this.nanos = nanos;
        var _ = renewal.scheduleAtFixedRate(
                this::renewPins, PIN_RENEWAL.toMinutes(), PIN_RENEWAL.toMinutes(), TimeUnit.MINUTES);
    }

    /// Runs a test failover to its end: the machine gave its signs of life, or did not. It runs on until
    /// [#cleanUp(UUID,FlowListener)]. An order that an engine before this one had begun is undone and begun anew.
    ///
    /// @return what came of it; a machine that does not boot is a result, not an exception
    /// @throws RecoveryException if the test could not begin (no such point, another test of the machine is
    /// open) or the journal failed
    /// @throws InterruptedException if the thread was interrupted; what was made is then cleaned up
    public TestFailoverResult run(TestFailoverRequest request, FlowListener listener)
            throws RecoveryException, InterruptedException {
        long orderedAt = nanos.getAsLong();
        RecoveryPoint point = choose(request);
        if (!open.containsKey(request.flow())) {
            // An engine before this one may have begun the same order.
            cleanUp(request.flow(), listener);
        }
        UUID other = claims.putIfAbsent(request.machine(), request.flow());
        if (other != null) {
            throw new RecoveryException("Machine " + request.machineName() + " has a test failover (" + other
                    + ") that is not cleaned up: no other was started. Run `failover cleanup` first.");
        }
        TestRun.OpenTest test = new TestRun.OpenTest(request, point, new ArrayList<>(), orderedAt);
        try {
            open.put(request.flow(), test);
            Flow flow = Flow.standing(request.flow(), journal, clock, listener);
            return new TestRun(flow, test, points, site, nanos).run();
        } catch (InterruptedException e) {
            cleanUp(request.flow(), listener);
            giveBack(request.machine(), request.flow());
            throw e;
        } catch (RecoveryException | RuntimeException e) {
            giveBack(request.machine(), request.flow());
            throw e;
        }
    }

    private RecoveryPoint choose(TestFailoverRequest request) throws RecoveryException {
        try {
            return request.point().pick(request.machine(), points.points(request.machine()));
        } catch (IOException e) {
            throw new RecoveryException(
                    "The recovery points of machine " + request.machineName()
                            + " could not be read, so no test failover was started: " + e.getMessage()
                            + ". Look at the vault with `vault check`.",
                    e);
        }
    }

    /// Switches the machine of a test off and removes everything that the test made. Works for a test that an engine
    /// before this one began. Does nothing for an unknown test.
    ///
    /// @throws RecoveryException if something could not be removed; clean-up may be asked for again
    public void cleanUp(UUID flowId, FlowListener listener) throws RecoveryException, InterruptedException {
        Flow flow = Flow.standing(flowId, journal, clock, listener);
        if (flow.state() == TestFailoverState.NONE) {
            flow.forget();
            return;
        }
        MachineId machine = machineOf(flowId);
        if (flow.state() != TestFailoverState.CLEANUP_INITIATED) {
            flow.become(TestFailoverState.CLEANUP_INITIATED, Map.of());
        }
        TestRun.OpenTest test = open.get(flowId);
        RunId run = new RunId(flowId);
        try {
            if (test != null) {
                Reports.copySerialLog(site, run, test.request().reports());
            }
            flow.step(FlowStep.REMOVE_MACHINE, Map.of(), () -> {
                site.cleanUp(run);
                return Map.of();
            });
            closeDisks(flowId);
            flow.step(FlowStep.RELEASE_POINT, Map.of(), () -> {
                points.release(machine, flowId);
                return Map.of();
            });
        } catch (RecoveryException e) {
            flow.become(TestFailoverState.CLEANUP_FAILED, Map.of("cause", String.valueOf(e.getMessage())));
            throw e;
        }
        giveBack(machine, flowId);
        flow.become(TestFailoverState.NONE, Map.of());
        flow.forget();
    }

    /// Undoes what an engine that was killed left behind: machines of tests that nobody runs any more lost the server
    /// of their disks and cannot go on. To be called once, before the first test.
    ///
    /// @return the tests that were undone
    public List<UUID> undoLeftovers(FlowListener listener) throws RecoveryException, InterruptedException {
        List<UUID> undone = new ArrayList<>();
        try {
            for (UUID flow : journal.flows()) {
                if (!open.containsKey(flow)) {
                    cleanUp(flow, listener);
                    undone.add(flow);
                }
            }
        } catch (IOException e) {
            throw new RecoveryException(
                    "The journal of test failovers could not be read, so leftovers of an earlier engine were not"
                            + " removed: " + e.getMessage() + ".",
                    e);
        }
        return undone;
    }

    /// Where a test stands; [TestFailoverState#NONE] if it is unknown or cleaned up.
    public TestFailoverState state(UUID flow) throws RecoveryException {
        return Flow.standing(flow, journal, clock, FlowListener.NONE).state();
    }

    /// The test of a machine that is running or waits for clean-up.
    public Optional<UUID> testOf(MachineId machine) {
        return Optional.ofNullable(claims.get(machine));
    }

    /// Cleans up every test that this object runs. What fails is left to [#undoLeftovers(FlowListener)] of the next
    /// engine.
    @Override
    public void close() {
        renewal.shutdownNow();
        for (UUID flow : List.copyOf(open.keySet())) {
            try {
                cleanUp(flow, FlowListener.NONE);
            } catch (RecoveryException e) {
                LOG.warn("Test failover {} could not be cleaned up on the way out: {}", flow, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private MachineId machineOf(UUID flow) throws RecoveryException {
        try {
            return journal.entries(flow).stream()
                    .map(e -> e.details().get("machine"))
                    .filter(m -> m != null)
                    .findFirst()
                    .map(MachineId::of)
                    .orElseThrow(() -> new RecoveryException("The journal of test failover " + flow
                            + " does not say which machine it is of: it was damaged. Nothing was removed."));
        } catch (IOException e) {
            throw new RecoveryException("The journal of test failover " + flow + " could not be read.", e);
        }
    }

    private void giveBack(MachineId machine, UUID flow) {
        closeDisks(flow);
        open.remove(flow);
        claims.remove(machine, flow);
    }

    private void closeDisks(UUID flow) {
        TestRun.OpenTest test = open.get(flow);
        if (test == null) {
            return;
        }
        for (ReadableDisk disk : test.disks()) {
            try {
                disk.close();
            } catch (IOException e) {
                LOG.warn("A disk of test failover {} could not be closed: {}", flow, e.getMessage());
            }
        }
        test.disks().clear();
    }

    private void renewPins() {
        open.forEach((flow, test) -> {
            try {
                points.pin(test.point(), flow, TestRun.PIN_TIME);
            } catch (IOException e) {
                LOG.warn("The pin of test failover {} could not be renewed: {}", flow, e.getMessage());
            }
        });
    }
}

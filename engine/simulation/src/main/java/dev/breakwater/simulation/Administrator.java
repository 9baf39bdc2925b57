package dev.breakwater.simulation;

import dev.breakwater.configurationserver.store.JobTable;
import dev.breakwater.configurationserver.store.OutboxTable;
import dev.breakwater.control.ControlException;
import dev.breakwater.control.admin.CleanUpRequest;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.State;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.model.ReplicationPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Orders what administrators order, and asks again when no answer comes.
final class Administrator {

    private static final Duration RETRY = Duration.ofSeconds(4);
    /// Points that may fail in a row in fair weather.
    private static final int TRIES = 5;

    private static final String POLICY = "simulated";

    private final World world;
    private final Node node;

    Administrator(World world, Node node) {
        this.world = world;
        this.node = node;
    }

    private <T> T insist(String what, ControlCalls.Request<T> request) throws InterruptedException {
        while (true) {
            try {
                return world.control().call(node, what, request);
            } catch (IOException e) {
                node.sleep(RETRY);
            }
        }
    }

    /// Has the machine protected; as often as it takes.
    void protect(Duration every, Duration retention) throws InterruptedException {
        var policy = new ReplicationPolicy(POLICY, Duration.ofMinutes(1), retention, every, Duration.ZERO);
        boolean _ = insist("policy", conductor -> {
            if (conductor.policies().all().stream()
                    .noneMatch(known -> known.name().equals(POLICY))) {
                var _ = conductor.policies().create(policy);
            }
            return true;
        });
        var request = new ProtectRequest(List.copyOf(world.machine().content().keySet()), POLICY, null);
        boolean _ = insist("protection", conductor -> {
            if (!conductor.machines().one(World.MACHINE_NAME).state().name().equals("UNPROTECTED")) {
                return true;
            }
            var _ = conductor.protection().protect(World.MACHINE_NAME, request);
            return true;
        });
    }

    /// Asks once; whatever comes of it.
    void askFor(String what, ControlCalls.Request<JobView> order) throws InterruptedException {
        try {
            var _ = world.control().call(node, what, order);
        } catch (ControlException e) {
            world.tell(node, "is refused " + what + ": " + e.getMessage());
        } catch (IOException e) {
            world.tell(node, "does not know whether it got " + what);
        }
    }

    static ControlCalls.Request<JobView> point() {
        return conductor -> conductor.protection().createPoint(World.MACHINE_NAME, PointRequest.plain());
    }

    static ControlCalls.Request<JobView> comparison() {
        return conductor -> conductor.protection().resynchronise(World.MACHINE_NAME);
    }

    static ControlCalls.Request<JobView> move(String server) {
        return conductor -> conductor.protection().move(World.MACHINE_NAME, server);
    }

    /// Has a point taken and waits until it is in the vault. A point may fail for a good reason while the system
    /// recovers, for example when the spool is full and the process server not found again yet.
    void insistOnPoint() throws InterruptedException {
        JobView last = insist("point", point());
        for (int i = 0; i < TRIES && last.state() != State.SUCCEEDED; i++) {
            if (i > 0) {
                last = insist("point", point());
            }
            UUID job = last.id();
            while (!last.state().finished()) {
                node.sleep(RETRY);
                last = insist(
                        "job",
                        conductor -> conductor
                                .database()
                                .read(tx -> JobTable.byId(tx, job))
                                .orElseThrow());
            }
        }
        if (last.state() != State.SUCCEEDED) {
            throw new AssertionError("No point could be taken in fair weather: " + last.error());
        }
    }

    /// Moves the machine to the other process server, and waits until that has taken over.
    void insistOnMove() throws InterruptedException {
        String to = insist("the machine", conductor -> {
            var now = conductor.machines().one(World.MACHINE_NAME).processServer();
            return Template.SERVERS.entrySet().stream()
                    .filter(server -> !server.getValue().equals(now))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
        });
        insistOnOrder("a move", move(to));
    }

    /// Has the disks compared with the vault.
    void insistOnComparison() throws InterruptedException {
        insistOnOrder("a comparison", comparison());
    }

    /// Starts the newest point in a test.
    void insistOnTestFailover() throws InterruptedException {
        var request = new TestFailoverRequest(TestFailoverRequest.LATEST, null, null, null);
        insistOnOrder("a test failover", conductor -> conductor.tests().test(World.MACHINE_NAME, request));
    }

    /// Removes what the test made.
    void insistOnCleanUp() throws InterruptedException {
        insistOnOrder(
                "a clean-up",
                conductor -> conductor.tests().cleanUp(World.MACHINE_NAME, CleanUpRequest.SAYING_NOTHING));
    }

    /// Ends the machine's protection.
    void insistOnEnd() throws InterruptedException {
        insistOnOrder(
                "the end of protection", conductor -> conductor.protection().unprotect(World.MACHINE_NAME));
    }

    /// Orders once, or again if no answer came; a refusal of the second order says that the first one came. Then waits
    /// for all jobs.
    private void insistOnOrder(String what, ControlCalls.Request<JobView> order) throws InterruptedException {
        boolean asked = false;
        while (true) {
            try {
                var _ = world.control().call(node, what, order);
                break;
            } catch (ControlException e) {
                if (asked && !e.retryHelps()) {
                    break;
                }
                world.tell(node, "is refused " + what + ": " + e.getMessage());
                node.sleep(RETRY);
            } catch (IOException e) {
                asked = true;
                node.sleep(RETRY);
            }
        }
        while (!unfinished().isEmpty()) {
            node.sleep(RETRY);
        }
    }

    /// What the configuration server has still to do; empty if nothing.
    String unfinished() throws InterruptedException {
        return insist(
                "unfinished work",
                conductor -> conductor.database().read(tx -> {
                    List<String> open = JobTable.unfinished(tx).stream()
                            .map(job -> job.kind() + " " + job.steps())
                            .toList();
                    int documents = OutboxTable.size(tx);
                    return open.isEmpty() && documents == 0 ? "" : "jobs " + open + ", documents " + documents;
                }));
    }
}

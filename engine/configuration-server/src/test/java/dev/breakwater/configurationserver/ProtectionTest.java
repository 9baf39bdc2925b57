package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.control.ControlException;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.CleanUpRequest;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.State;
import dev.breakwater.control.admin.LastTest;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.control.admin.TestFailoverState;
import dev.breakwater.control.admin.TestOutcome;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.machine.MachineStatus.DiskProgress;
import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.control.machine.PointOrder;
import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerClient;
import dev.breakwater.control.processserver.ProcessServerHealth.MachineTraffic;
import dev.breakwater.control.registration.RegistrationClient.Previous;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.ReplicationPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtectionTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Site site;
    private Registered machine;
    private Registered server;

    @BeforeEach
    void start() throws Exception {
        site = new Site(folder);
        server = site.processServer("ps-1");
        machine = site.machine("web-1");
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    @DisplayName("A machine that is protected before it was ever heard keeps its owner, whoever knows the passphrase")
    void protectedUnheard() throws Exception {
        try (AdminClient admin = site.admin()) {
            admin.protect("web-1", new ProtectRequest(List.of("/dev/sda"), null, null));
        }
        assertThatThrownBy(() -> site.machine("web-1", null)).hasMessageContaining("is taken");
        assertThatThrownBy(() -> site.machine("web-1", new Previous(machine.id(), null)))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        refused -> assertThat(refused.status()).isEqualTo(403));
    }

    @Test
    @DisplayName("Protection runs from the order to the first durable point, and its job has the figures")
    void protect() throws Exception {
        try (AdminClient admin = site.admin();
                MachineClient agent = site.machineClient(machine);
                ProcessServerClient gateway = site.serverClient(server)) {
            MachineOrders idle = agent.orders(0);
            assertThat(idle.disks()).isEmpty();
            long assignmentsBefore = gateway.assignments(0).version();
            CompletableFuture<MachineOrders> waiting = later(() -> agent.orders(idle.version()));
            CompletableFuture<Assignments> assigned = later(() -> gateway.assignments(assignmentsBefore));

            JobView job = admin.protect("web-1", new ProtectRequest(List.of("/dev/sda", "/dev/sdb"), null, null));
            MachineOrders orders = waiting.get();
            assertThat(orders.disks()).hasSize(2);
            assertThat(orders.disks().getFirst().boot()).isTrue();
            assertThat(orders.target().port()).isEqualTo(9443);
            assertThat(orders.target().id().uuid()).isEqualTo(server.id());
            assertThat(orders.policy()).isEqualTo(ReplicationPolicy.DEFAULT);
            Assignments.Assignment assignment = assigned.get().machines().getFirst();
            assertThat(assignment.machine().uuid()).isEqualTo(machine.id());
            assertThat(assignment.diskKeys().keySet())
                    .containsExactlyInAnyOrder(
                            orders.disks().get(0).id(), orders.disks().get(1).id());

            acknowledge(agent, orders);
            JobView running = reported(
                    admin,
                    agent,
                    job,
                    status(orders, MachineState.INITIAL_REPLICATION, 100, 40),
                    seen -> seen.steps().get(1).doneBytes() > 0);
            assertThat(running.steps().get(1).doneBytes()).isEqualTo(80);
            assertThat(running.steps().get(1).totalBytes()).isEqualTo(200);
            assertThat(admin.machine("web-1").state()).isEqualTo(ProtectionState.INITIAL_REPLICATION_IN_PROGRESS);

            agent.status(status(orders, MachineState.REPLICATING, 0, 0));
            PointId first = new PointId(UUID.randomUUID());
            gateway.durable(DurableReport.of(List.of(site.durable(orders.machine(), first, 2))));
            JobView done = admin.await(job.id(), SOON, moved -> {});
            assertThat(done.state()).isEqualTo(State.SUCCEEDED);
            assertThat(done.progress()).isEqualTo(1);
            assertThat(done.result().point().id()).isEqualTo(first);
            assertThat(done.result().initialReplication().bytes()).isEqualTo(200);
            assertThat(done.result().initialReplication().seconds()).isPositive();
            MachineView view = admin.machine("web-1");
            assertThat(view.state()).isEqualTo(ProtectionState.PROTECTED);
            assertThat(view.newestPoint()).isEqualTo(first);
            assertThat(admin.points("web-1")).hasSize(1);
            poll(() -> site.catalog.containsKey(machine.id()));
            assertThat(site.catalog.get(machine.id())).startsWith("machine ").contains("web-1", "/dev/sda");
        }
    }

    @Test
    @DisplayName("A point asked for reaches the machine, survives a restart of the server, and ends when it is durable")
    void point() throws Exception {
        MachineOrders orders = protectedMachine();
        JobView job;
        try (AdminClient admin = site.admin()) {
            job = admin.createPoint("web-1", new PointRequest(null, "sync; cp /dev/sda /keep", 120));
        }
        site.restart();
        try (AdminClient admin = site.admin();
                MachineClient agent = site.machineClient(machine);
                ProcessServerClient gateway = site.serverClient(server)) {
            PointOrder order = agent.orders(0).points().getFirst();
            assertThat(order.runFrozen()).isEqualTo("sync; cp /dev/sda /keep");
            assertThat(order.timeoutSeconds()).isEqualTo(120);
            agent.result(order.orderId(), new OrderResult(true, "taken"));
            assertThat(admin.job(job.id()).steps().get(1).state()).isEqualTo(State.RUNNING);
            DurableReport report = DurableReport.of(List.of(site.durable(orders.machine(), order.pointId(), 7)));
            gateway.durable(report);
            gateway.durable(report);
            JobView done = admin.await(job.id(), SOON, moved -> {});
            assertThat(done.result().point().id()).isEqualTo(order.pointId());
            assertThat(done.result().point().freezeMillis()).isEqualTo(3);
            assertThat(agent.orders(0).points()).isEmpty();
            assertThat(admin.events(0).stream()
                            .filter(event -> event.kind().equals("point-durable"))
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    @DisplayName("A vault that has lost points is a critical event, and slots of the same number count again")
    void vaultLoss() throws Exception {
        MachineOrders orders = protectedMachine();
        try (AdminClient admin = site.admin();
                MachineClient agent = site.machineClient(machine);
                ProcessServerClient gateway = site.serverClient(server)) {
            admin.createPoint("web-1", new PointRequest(null, null, null));
            PointOrder first = agent.orders(0).points().getFirst();
            gateway.durable(DurableReport.of(List.of(site.durable(orders.machine(), first.pointId(), 7))));
            long known = gateway.assignments(0).machines().getFirst().newestSlot();
            assertThat(known).isEqualTo(7);
            gateway.durable(new DurableReport(
                    List.of(), List.of(new DurableReport.VaultLoss(orders.machine(), 5, 7, "Rolled back."))));
            assertThat(admin.events(0))
                    .filteredOn(event -> event.kind().equals("vault-lost-points"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.severity()).isEqualTo(Health.CRITICAL);
                        assertThat(event.text()).contains("slot 7", "web-1");
                        assertThat(event.values())
                                .isEqualTo(Map.of(
                                        "name",
                                        "web-1",
                                        "newestSlot",
                                        "5",
                                        "knownSlot",
                                        "7",
                                        "reason",
                                        "Rolled back."));
                    });
            JobView job = admin.createPoint("web-1", new PointRequest(null, null, null));
            PointOrder second = agent.orders(0).points().getFirst();
            gateway.durable(DurableReport.of(List.of(site.durable(orders.machine(), second.pointId(), 7))));
            assertThat(admin.await(job.id(), SOON, moved -> {}).state()).isEqualTo(State.SUCCEEDED);
        }
    }

    @Test
    @DisplayName("A point that the machine cannot take fails its job with the machine's reason")
    void pointFails() throws Exception {
        protectedMachine();
        try (AdminClient admin = site.admin();
                MachineClient agent = site.machineClient(machine)) {
            JobView job = admin.createPoint("web-1", PointRequest.plain());
            PointOrder order = agent.orders(0).points().getFirst();
            agent.result(order.orderId(), new OrderResult(false, "The disk is gone."));
            JobView failed = admin.await(job.id(), SOON, moved -> {});
            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.error().cause()).isEqualTo("The disk is gone.");
            assertThat(agent.orders(0).points()).isEmpty();
        }
    }

    @Test
    @DisplayName("A machine moves to another process server and keeps its disks and keys")
    void move() throws Exception {
        MachineOrders before = protectedMachine();
        Registered second = site.processServer("ps-2");
        try (AdminClient admin = site.admin();
                MachineClient agent = site.machineClient(machine);
                ProcessServerClient old = site.serverClient(server);
                ProcessServerClient next = site.serverClient(second)) {
            JobView job = admin.move("web-1", "ps-2");
            MachineOrders after = agent.orders(before.version());
            assertThat(after.target().id().uuid()).isEqualTo(second.id());
            assertThat(after.target().epoch()).isGreaterThan(before.target().epoch());
            assertThat(after.disks()).isEqualTo(before.disks());
            assertThat(old.assignments(0).machines()).isEmpty();
            assertThat(next.assignments(0).machines()).hasSize(1);
            next.health(Site.health(List.of(new MachineTraffic(after.machine(), true, 0, 0, 0, 0, 0, false))));
            assertThat(admin.await(job.id(), SOON, moved -> {}).state()).isEqualTo(State.SUCCEEDED);
            assertThat(admin.machine("web-1").processServerName()).isEqualTo("ps-2");
        }
    }

    @Test
    @DisplayName("A machine under another policy gets its schedule without a new assignment; a repeat changes nothing")
    void anotherPolicy() throws Exception {
        MachineOrders before = protectedMachine();
        ReplicationPolicy gold = new ReplicationPolicy(
                "gold", Duration.ofMinutes(15), Duration.ofHours(3), Duration.ofSeconds(30), Duration.ZERO);
        try (AdminClient admin = site.admin();
                MachineClient agent = site.machineClient(machine);
                ProcessServerClient gateway = site.serverClient(server)) {
            admin.createPolicy(gold);
            assertThatThrownBy(() -> admin.changePolicy("web-1", "silver"))
                    .hasMessageContaining("no policy \"silver\"");
            JobView silent = admin.changePolicy("web-1", "gold");
            assertThat(admin.changePolicy("web-1", "gold").id())
                    .as("asked for again before the machine has heard")
                    .isEqualTo(silent.id());
            JobView back = admin.changePolicy("web-1", "default");
            assertThat(admin.job(silent.id()).error().code()).isEqualTo("superseded");
            JobView job = admin.changePolicy("web-1", "gold");
            assertThat(job.id()).isNotIn(silent.id(), back.id());

            MachineOrders after = agent.orders(before.version());
            assertThat(after.policy()).isEqualTo(gold);
            assertThat(after.target()).as("the connection goes on").isEqualTo(before.target());
            assertThat(after.disks()).isEqualTo(before.disks());
            assertThat(after.resyncs()).isEmpty();
            Assignments.Assignment assignment =
                    gateway.assignments(0).machines().getFirst();
            assertThat(assignment.policy()).as("keeps its points").isEqualTo(gold);
            assertThat(assignment.epoch()).isEqualTo(before.target().epoch());
            assertThat(admin.job(job.id()).state()).isEqualTo(State.RUNNING);
            acknowledge(agent, after);
            assertThat(admin.await(job.id(), SOON, moved -> {}).state()).isEqualTo(State.SUCCEEDED);
            assertThat(admin.machine("web-1").policy()).isEqualTo("gold");
            poll(() -> site.catalog.getOrDefault(machine.id(), "").contains("gold"));

            JobView again = admin.changePolicy("web-1", "gold");
            assertThat(admin.await(again.id(), SOON, moved -> {}).state()).isEqualTo(State.SUCCEEDED);
            assertThat(agent.orders(0).version()).as("nothing new").isEqualTo(after.version());
            assertThat(admin.events(0))
                    .filteredOn(event -> event.kind().equals("policy-changed"))
                    .first()
                    .satisfies(event -> {
                        assertThat(event.text())
                                .isEqualTo("The machine web-1 follows the policy gold instead of default.");
                        assertThat(event.values())
                                .isEqualTo(Map.of("name", "web-1", "policy", "gold", "formerPolicy", "default"));
                    });
            assertThatThrownBy(() -> admin.deletePolicy("gold")).hasMessageContaining("cannot be removed");
            assertThat(admin.audit(0))
                    .anySatisfy(
                            record -> assertThat(record.what()).isEqualTo("PUT /api/v1/admin/machines/web-1/policy"));
        }
    }

    @Test
    @DisplayName("The policy of a machine that is not protected cannot be changed")
    void policyOfNobody() throws Exception {
        try (AdminClient admin = site.admin()) {
            assertThatThrownBy(() -> admin.changePolicy("web-1", "default")).hasMessageContaining("not protected");
        }
    }

    @Test
    @DisplayName(
            "Ending protection tells the machine and its process server, and a later one keeps the disk's identity")
    void unprotect() throws Exception {
        MachineOrders before = protectedMachine();
        try (AdminClient admin = site.admin();
                MachineClient agent = site.machineClient(machine);
                ProcessServerClient gateway = site.serverClient(server)) {
            JobView job = admin.unprotect("web-1");
            MachineOrders stopped = agent.orders(before.version());
            assertThat(stopped.disks()).isEmpty();
            assertThat(stopped.target()).isNull();
            assertThat(gateway.assignments(0).machines()).isEmpty();
            acknowledge(agent, stopped);
            assertThat(admin.await(job.id(), SOON, moved -> {}).state()).isEqualTo(State.SUCCEEDED);
            assertThat(admin.machine("web-1").state()).isEqualTo(ProtectionState.UNPROTECTED);
            assertThat(admin.points("web-1")).hasSize(1);
            admin.protect("web-1", new ProtectRequest(List.of("/dev/sda"), null, null));
            assertThat(agent.orders(stopped.version()).disks().getFirst().id())
                    .isEqualTo(before.disks().getFirst().id());
        }
    }

    @Test
    @DisplayName("A test failover goes on after a restart of the server, reports its figures and is cleaned up")
    void testFailover() throws Exception {
        protectedMachine();
        UUID test;
        try (AdminClient admin = site.admin()) {
            test = admin.testFailover("web-1", new TestFailoverRequest("latest", "8080:/", null, null))
                    .id();
            poll(() -> site.recovered.size() == 1);
            assertThatThrownBy(() -> admin.testFailover("web-1", new TestFailoverRequest("latest", null, null, null)))
                    .isInstanceOf(ControlException.class)
                    .hasMessageContaining("has a test failover already");
        }
        site.restart();
        site.mayRecover.countDown();
        try (AdminClient admin = site.admin()) {
            JobView done = admin.await(test, SOON, moved -> {});
            assertThat(done.state()).isEqualTo(State.SUCCEEDED);
            assertThat(done.result().testFailover().bootSeconds()).isEqualTo(7.5);
            assertThat(done.result().testFailover().probe().content()).isEqualTo("hello");
            assertThat(done.steps()).extracting(JobView.Step::name).containsExactly("export-disks", "start-machine");
            assertThat(admin.machine("web-1").testFailoverState()).isEqualTo(TestFailoverState.COMPLETED);
            assertThat(site.recovered).containsExactly("test " + test, "test " + test);

            site.screenshots.put(test, new byte[] {1, 2, 3});
            assertThat(admin.screenshot(test)).containsExactly(1, 2, 3);
            assertThat(admin.machine("web-1").lastTest())
                    .as("counts only once it is cleaned up")
                    .isNull();
            CleanUpRequest verdict = new CleanUpRequest(TestOutcome.NOT_AS_EXPECTED, "The licence was missing.");
            JobView cleaned =
                    admin.await(admin.cleanUpTestFailover("web-1", verdict).id(), SOON, moved -> {});
            assertThat(cleaned.state()).isEqualTo(State.SUCCEEDED);
            assertThat(admin.screenshot(test)).as("outlives the test machine").hasSize(3);
            assertThat(admin.job(test).result().verdict()).isEqualTo(verdict);
            LastTest last = admin.machine("web-1").lastTest();
            assertThat(last.job()).isEqualTo(test);
            assertThat(last.cameUp()).isTrue();
            assertThat(last.succeeded()).isFalse();
            assertThat(last.notes()).isEqualTo("The licence was missing.");
            assertThat(admin.machine("web-1").testFailoverState()).isEqualTo(TestFailoverState.NONE);
            assertThat(site.recovered).contains("cleanup " + test);

            JobView dead = admin.testFailover("web-1", new TestFailoverRequest("latest", null, "never", 5));
            JobView failed = admin.await(dead.id(), SOON, moved -> {});
            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.result().testFailover().booted()).isFalse();
            admin.await(
                    admin.cleanUpTestFailover("web-1", CleanUpRequest.SAYING_NOTHING)
                            .id(),
                    SOON,
                    moved -> {});
            assertThat(admin.machine("web-1").lastTest().succeeded())
                    .as("its probes decide")
                    .isFalse();
            assertThatThrownBy(() -> admin.screenshot(dead.id())).hasMessageContaining("no screenshot");
        }
    }

    @Test
    @DisplayName("While the vault is away nothing is protected, and what it must say about itself is kept for it")
    void vaultAway() throws Exception {
        site.vaultAway = true;
        try (AdminClient admin = site.admin()) {
            assertThatThrownBy(() -> admin.protect("web-1", new ProtectRequest(List.of("/dev/sda"), null, null)))
                    .isInstanceOfSatisfying(
                            ControlException.class,
                            refused -> assertThat(refused.status()).isEqualTo(503));
            admin.createPolicy(new ReplicationPolicy(
                    "gold", Duration.ofMinutes(15), Duration.ofDays(3), Duration.ofSeconds(30), Duration.ZERO));
            assertThat(admin.status().pendingVaultDocuments()).isPositive();
        }
        site.restart();
        site.vaultAway = false;
        site.restart();
        try (AdminClient admin = site.admin()) {
            poll(() -> site.catalog.values().stream().anyMatch(document -> document.contains("gold")));
            assertThat(admin.policies()).extracting(ReplicationPolicy::name).containsExactly("default", "gold");
        }
    }

    private MachineOrders protectedMachine() throws Exception {
        try (AdminClient admin = site.admin();
                MachineClient agent = site.machineClient(machine);
                ProcessServerClient gateway = site.serverClient(server)) {
            JobView job = admin.protect("web-1", new ProtectRequest(List.of("/dev/sda"), "default", "ps-1"));
            MachineOrders orders = agent.orders(0);
            gateway.durable(DurableReport.of(
                    List.of(site.durable(new MachineId(machine.id()), new PointId(UUID.randomUUID()), 1))));
            assertThat(admin.await(job.id(), SOON, moved -> {}).state()).isEqualTo(State.SUCCEEDED);
            return agent.orders(0).version() == orders.version() ? orders : agent.orders(0);
        }
    }

    private static MachineStatus status(MachineOrders orders, MachineState state, long total, long done) {
        return new MachineStatus(
                state,
                orders.disks().stream()
                        .map(disk -> new DiskProgress(disk.id(), total, done, 0, done, "trace"))
                        .toList(),
                null,
                null,
                1000,
                0,
                0,
                List.of(),
                null,
                null);
    }

    /// Asks for newer orders, as a machine does that has carried these out; does not wait for the answer.
    private static void acknowledge(MachineClient agent, MachineOrders orders) {
        var _ = later(() -> agent.orders(orders.version()));
    }

    /// Reports again and again, as a machine does, until its job shows it.
    private static JobView reported(
            AdminClient admin, MachineClient agent, JobView job, MachineStatus status, Predicate<JobView> shown)
            throws Exception {
        long deadline = System.nanoTime() + SOON.toNanos();
        JobView now;
        do {
            agent.status(status);
            now = admin.job(job.id());
        } while (!shown.test(now) && System.nanoTime() < deadline);
        return now;
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> CompletableFuture<T> later(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(work.run());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void poll(Condition condition) throws Exception {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}

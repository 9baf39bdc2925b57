package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.State;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.machine.MachineStatus.DiskProgress;
import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.control.machine.PointOrder;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerClient;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Requests of peers that come again: by a client that did not hear the answer, late, or by somebody with a copy. TLS
/// keeps strangers from it; what is here holds for the peers themselves.
@DisplayName("A request on 443 that comes again")
@Timeout(60)
class ReplayTest {

    @TempDir
    private Path folder;

    private Site site;
    private Registered machine;
    private Registered server;
    private AdminClient admin;
    private MachineClient agent;
    private ProcessServerClient gateway;

    @BeforeEach
    void protectedMachine() throws Exception {
        site = new Site(folder);
        server = site.processServer("ps-1");
        machine = site.machine("web-1");
        admin = site.admin();
        agent = site.machineClient(machine);
        gateway = site.serverClient(server);
        admin.protect("web-1", new ProtectRequest(List.of("/dev/sda"), null, null));
        durable(new PointId(UUID.randomUUID()), 1);
        assertThat(admin.machine("web-1").state()).isEqualTo(ProtectionState.PROTECTED);
    }

    @AfterEach
    void stop() {
        gateway.close();
        agent.close();
        admin.close();
        site.close();
    }

    private DurableReport durable(PointId point, long slot) throws Exception {
        DurableReport report = DurableReport.of(List.of(site.durable(new MachineId(machine.id()), point, slot)));
        gateway.durable(report);
        return report;
    }

    private JobView pointAsked() throws Exception {
        return admin.createPoint("web-1", new PointRequest(null, null, null));
    }

    private List<String> events() throws IOException, InterruptedException {
        return admin.events(0).stream().map(Event::text).toList();
    }

    @Test
    @DisplayName("with what became of an order changes nothing once the order is done, even if it says otherwise now")
    void result() throws Exception {
        JobView job = pointAsked();
        PointOrder order = agent.orders(0).points().getFirst();
        agent.result(order.orderId(), new OrderResult(true, "taken"));
        agent.result(order.orderId(), new OrderResult(true, "taken"));
        durable(order.pointId(), 2);
        JobView done = admin.job(job.id());
        assertThat(done.state()).isEqualTo(State.SUCCEEDED);
        long version = agent.orders(0).version();
        List<String> before = events();
        agent.result(order.orderId(), new OrderResult(false, "The disk is gone."));
        agent.result(order.orderId(), new OrderResult(true, "taken"));
        assertThat(admin.job(job.id())).isEqualTo(done);
        assertThat(agent.orders(0).version()).isEqualTo(version);
        assertThat(agent.orders(0).points()).isEmpty();
        assertThat(events()).isEqualTo(before);
    }

    @Test
    @DisplayName("with another machine's order finds none, and that order goes on")
    void anothersOrder() throws Exception {
        JobView job = pointAsked();
        PointOrder order = agent.orders(0).points().getFirst();
        try (MachineClient other = site.machineClient(site.machine("web-2"))) {
            other.result(order.orderId(), new OrderResult(false, "no"));
        }
        assertThat(agent.orders(0).points()).containsExactly(order);
        assertThat(admin.job(job.id()).state()).isNotEqualTo(State.FAILED);
    }

    @Test
    @DisplayName("with what became durable counts once, and an old report moves nothing back")
    void durableReport() throws Exception {
        JobView job = pointAsked();
        PointOrder order = agent.orders(0).points().getFirst();
        DurableReport second = durable(order.pointId(), 2);
        DurableReport third = durable(new PointId(UUID.randomUUID()), 3);
        List<String> before = events();
        JobView done = admin.job(job.id());
        gateway.durable(third);
        gateway.durable(second);
        assertThat(events()).isEqualTo(before);
        assertThat(admin.job(job.id())).isEqualTo(done);
        assertThat(admin.machine("web-1").newestPoint())
                .isEqualTo(third.slots().getFirst().point().id());
        assertThat(gateway.assignments(0).machines().getFirst().newestSlot()).isEqualTo(3);
    }

    @Test
    @DisplayName("with a machine's status of before does not take a protected machine back to its first copy")
    void status() throws Exception {
        MachineOrders orders = agent.orders(0);
        List<String> before = events();
        List<JobView> jobs = admin.jobs(100);
        for (int i = 0; i < 2; i++) {
            agent.status(firstCopy(orders));
        }
        assertThat(admin.machine("web-1").state()).isEqualTo(ProtectionState.PROTECTED);
        assertThat(admin.jobs(100)).isEqualTo(jobs);
        assertThat(events()).isEqualTo(before);
    }

    private static MachineStatus firstCopy(MachineOrders orders) {
        return new MachineStatus(
                MachineState.INITIAL_REPLICATION,
                orders.disks().stream()
                        .map(disk -> new DiskProgress(disk.id(), 100, 40, 0, 40, "trace"))
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
}

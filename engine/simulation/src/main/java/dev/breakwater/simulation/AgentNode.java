package dev.breakwater.simulation;

import dev.breakwater.configurationserver.replication.Orders;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.control.ControlException;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.PointRequest;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.mobility.replication.LinkConnection;
import dev.breakwater.mobility.replication.ProcessServerLink;
import dev.breakwater.mobility.replication.ReadPace;
import dev.breakwater.mobility.replication.Replication;
import dev.breakwater.mobility.replication.ReplicationPorts;
import dev.breakwater.mobility.replication.WireLink;
import dev.breakwater.mobility.spool.Spool;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointType;
import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.transport.Destination;
import dev.breakwater.wire.transport.ReplicationListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One run of the mobility service: the real replication with the real spool; its loops are those of the service.
final class AgentNode {

    private static final Duration HELD_BACK = Duration.ofSeconds(25);
    private static final Duration REPORT = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(3);

    /// Steps of replication in no time; more would be a program that keeps a processor busy for nothing.
    private static final int MAX_ROUNDS = 2000;

    private final World world;
    private final Node node;
    private final MachineId id;
    private final ProtectedMachine machine;
    private final Replication replication;
    private final Spool spool;
    private final Map<UUID, OrderResult> answers = new TreeMap<>();
    private CompletableFuture<Object> news = new CompletableFuture<>();

    /// @param kept orders of an earlier run, which hold until the server answers
    AgentNode(
            World world,
            Node node,
            MachineId id,
            ProtectedMachine machine,
            Path folder,
            long spoolBytes,
            @Nullable MachineOrders kept)
            throws IOException {
        this.world = world;
        this.node = node;
        this.id = id;
        this.machine = machine;
        this.spool = Spool.open(folder.resolve("spool"), spoolBytes, node.clock(), world.entropy());
        this.replication = new Replication(new ReplicationPorts(
                id,
                folder.resolve("replication.json"),
                new Captures(),
                new Link(),
                spool,
                disks -> new Hardware(Hardware.Firmware.BIOS, 1, 1 << 30, List.of(), disks),
                new Requests(),
                answers::put,
                ReadPace.UNBOUNDED,
                this::wake,
                world.entropy(),
                node.clock(),
                node::nanos));
        if (kept != null) {
            replication.orders(new MachineOrders(
                    kept.version(),
                    kept.machine(),
                    kept.name(),
                    kept.target(),
                    kept.policy(),
                    kept.disks(),
                    List.of(),
                    List.of()));
        }
        var _ = node.light("replication", this::replicate);
        var _ = node.light("orders", this::listen);
        var _ = node.light("reports", this::report);
    }

    Node node() {
        return node;
    }

    MachineStatus status() {
        return replication.status(0);
    }

    long spoolBytes() {
        return spool.bytes();
    }

    private void wake() {
        CompletableFuture<Object> old = news;
        news = new CompletableFuture<>();
        old.complete(this);
    }

    private void replicate() {
        try {
            long since = node.nanos();
            int rounds = 0;
            while (true) {
                CompletableFuture<Object> next = news;
                long wait = replication.step();
                rounds = since == node.nanos() ? rounds + 1 : 0;
                since = node.nanos();
                if (rounds > MAX_ROUNDS) {
                    throw new AssertionError("The mobility service runs in circles without letting time pass.");
                }
                if (wait > 0) {
                    pause(next, Duration.ofNanos(wait));
                }
            }
        } catch (InterruptedException e) {
            world.scheduler().fail(e);
        } catch (RuntimeException | Error e) {
            world.scheduler().fail(e);
        }
    }

    private void pause(CompletableFuture<Object> until, Duration atMost) throws InterruptedException {
        try {
            var _ = node.await(until, atMost);
        } catch (TimeoutException e) {
            // Nothing happened.
        } catch (ExecutionException e) {
            throw new IllegalStateException("news cannot fail", e);
        }
    }

    private void listen() {
        long known = 0;
        try {
            while (true) {
                long after = known;
                try {
                    MachineOrders orders = world.control().call(node, "orders", conductor -> {
                        conductor
                                .live()
                                .carriedOut(id, after, world.controlClock().instant());
                        conductor.progress().tick();
                        return conductor
                                .database()
                                .topics()
                                .await(
                                        MachineRow.topic(id),
                                        HELD_BACK,
                                        () -> conductor.database().read(tx -> Orders.of(tx, id)),
                                        found -> found.version() != after);
                    });
                    known = orders.version();
                    world.keepOrders(orders);
                    replication.orders(orders);
                } catch (IOException e) {
                    node.sleep(RETRY);
                }
            }
        } catch (InterruptedException e) {
            world.scheduler().fail(e);
        }
    }

    private void report() {
        try {
            while (true) {
                try {
                    deliverAnswers();
                    MachineStatus status = status();
                    var _ = world.control().call(node, "status", conductor -> {
                        conductor.progress().status(id, status);
                        return true;
                    });
                } catch (IOException e) {
                    // Told at the next report.
                }
                node.sleep(REPORT);
            }
        } catch (InterruptedException e) {
            world.scheduler().fail(e);
        }
    }

    private void deliverAnswers() throws IOException, InterruptedException {
        for (var answer : List.copyOf(answers.entrySet())) {
            try {
                var _ = world.control().call(node, "result", conductor -> {
                    conductor.progress().result(id, answer.getKey(), answer.getValue());
                    return true;
                });
            } catch (ControlException e) {
                if (e.retryHelps()) {
                    throw e;
                }
            }
            answers.remove(answer.getKey(), answer.getValue());
        }
    }

    private final class Captures implements ReplicationPorts.Captures {
        @Override
        public MachineCapture open(List<ProtectedDisk> disks) {
            return world.capture(new SimulatedCapture(world, node, machine, disks));
        }

        @Override
        public void forget() {
            machine.forgotten();
            world.step(node, "capture forgets");
        }
    }

    private final class Link implements ProcessServerLink {
        @Override
        public LinkConnection connect(ReplicationTarget target, Hello hello, ReplicationListener listener)
                throws IOException, InterruptedException {
            var destination = new Destination("host", target.port(), target.id());
            return WireLink.over(world.network().connect(node, destination, hello, listener));
        }
    }

    private static final class Requests implements ReplicationPorts.PointRequests {
        @Override
        public boolean applicationConsistent() {
            return false;
        }

        @Override
        public PointRequest request(PointType type, @Nullable String runFrozen, Duration timeout) {
            return PointRequest.crashConsistent();
        }
    }

    ProtectedMachine machine() {
        return machine;
    }
}

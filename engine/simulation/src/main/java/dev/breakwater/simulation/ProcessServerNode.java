package dev.breakwater.simulation;

import dev.breakwater.configurationserver.Conductor;
import dev.breakwater.configurationserver.store.ProcessServerRow;
import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.processserver.ControlPlane;
import dev.breakwater.processserver.Gateway;
import dev.breakwater.processserver.HostLoad;
import dev.breakwater.processserver.ProcessServerSettings;
import dev.breakwater.processserver.ProcessServerSettings.Rhythm;
import dev.breakwater.processserver.StoredMachineVaults;
import dev.breakwater.processserver.StoredMachineVaults.Tuning;
import dev.breakwater.processserver.upload.UploadLimits;
import dev.breakwater.vault.log.WriterLimits;
import dev.breakwater.vault.maintenance.MaintenanceLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/// One run of a process server: the real one behind its port.
final class ProcessServerNode {

    /// As long as a request for orders is held back.
    private static final Duration HELD_BACK = Duration.ofSeconds(25);

    private static final int PORT = 9443;

    private static final UploadLimits UPLOADS = new UploadLimits(
            300 << 10, 600 << 10, 2, Duration.ofSeconds(90), Duration.ofMillis(500), Duration.ofSeconds(10));

    private static final Rhythm RHYTHM = new Rhythm(
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofMinutes(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));

    /// Small, so that a few points already make checkpoints and compaction; the graces are the shortest allowed.
    private static final MaintenanceLimits MAINTENANCE =
            new MaintenanceLimits(3, 5, Duration.ofMinutes(40), Duration.ofHours(2), 1 << 20, 8 << 10, 1 << 20);

    /// Little fits into the slot's object, so that segments are used.
    private static final int INLINE_BYTES = 12 << 10;

    private final Node node;
    private final ProcessServerId id;
    private final Gateway gateway;

    ProcessServerNode(World world, Node node, ProcessServerId id, Path cacheFolder, SimulatedStore store)
            throws IOException {
        this.node = node;
        this.id = id;
        this.gateway = new Gateway(
                new ProcessServerSettings(
                        "simulated",
                        World.NO_IDENTITY,
                        new InetSocketAddress(PORT),
                        List.of("host"),
                        cacheFolder,
                        UPLOADS,
                        1 << 20,
                        1 << 20,
                        RHYTHM),
                new Control(world, node, id),
                access -> StoredMachineVaults.on(
                        store,
                        access.id(),
                        world.entropy(),
                        node.clock(),
                        node,
                        new Tuning(new WriterLimits(1 << 20, INLINE_BYTES, 1 << 20, 5), MAINTENANCE, 2)),
                node::nanos,
                node.clock(),
                node);
        gateway.start(PORT, new Idle());
        world.network().listen(id, node, gateway.acceptor());
    }

    Node node() {
        return node;
    }

    ProcessServerId id() {
        return id;
    }

    Gateway gateway() {
        return gateway;
    }

    /// Fails if more waits than may.
    void checkBounds() {
        long memory = gateway.uploads().memoryBytes();
        long cache = gateway.uploads().cacheBytes();
        // One segment may pass alone.
        if (memory > Math.max(UPLOADS.memoryBytes(), 1 << 20) || cache > UPLOADS.cacheBytes()) {
            throw new AssertionError("The upload queue of " + node.name() + " has " + memory + " bytes in memory and "
                    + cache + " in its cache; the bounds are " + UPLOADS);
        }
    }

    private record Idle() implements HostLoad {
        @Override
        public OptionalDouble processorPercent() {
            return OptionalDouble.of(1);
        }

        @Override
        public OptionalDouble memoryPercent() {
            return OptionalDouble.of(1);
        }
    }

    private record Control(World world, Node node, ProcessServerId id) implements ControlPlane {

        @Override
        public Assignments assignments(long knownVersion) throws IOException, InterruptedException {
            return world.control().call(node, "assignments", conductor -> held(conductor, knownVersion));
        }

        private Assignments held(Conductor conductor, long known) throws InterruptedException {
            long _ = conductor
                    .database()
                    .topics()
                    .await(
                            ProcessServerRow.topic(id),
                            HELD_BACK,
                            () -> conductor.servers().version(id),
                            version -> version != known);
            return conductor.servers().assignments(id);
        }

        @Override
        public void health(ProcessServerHealth health) throws IOException, InterruptedException {
            var _ = world.control().call(node, "health", conductor -> {
                conductor.servers().heard(id, health);
                conductor.progress().connected(id, health);
                return true;
            });
        }

        @Override
        public void durable(DurableReport report) throws IOException, InterruptedException {
            report.slots().stream()
                    .map(DurableReport.DurableSlot::point)
                    .filter(Objects::nonNull)
                    .forEach(world.judge()::durable);
            var _ = world.control().call(node, "durable", conductor -> {
                conductor.progress().durable(id, report);
                return true;
            });
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}

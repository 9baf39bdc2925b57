package dev.breakwater.mobility.live;

import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.control.machine.PointOrder;
import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.mobility.capture.CaptureSettings;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.PointRequest;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.mobility.replication.ReadPace;
import dev.breakwater.mobility.replication.Replication;
import dev.breakwater.mobility.replication.ReplicationPorts;
import dev.breakwater.mobility.replication.WireLink;
import dev.breakwater.mobility.spool.Spool;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.platform.Entropy;
import dev.breakwater.wire.transport.ReplicationClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Replication with real capture and a real connection, on a thread of its own.
@SuppressWarnings("try") // closing may be interrupted like the test itself
final class LiveAgent implements AutoCloseable {

    final Map<UUID, OrderResult> answers = new ConcurrentHashMap<>();
    final Replication replication;
    private final LiveSite site;
    private final List<ProtectedDisk> disks;
    private final Semaphore wake = new Semaphore(0);
    private final ReplicationClient client;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;
    private List<PointOrder> points = List.of();
    private long version;

    LiveAgent(LiveSite site, Path data, Path memory, List<ProtectedDisk> disks) throws Exception {
        this.site = site;
        this.disks = disks;
        this.client = new ReplicationClient(site.machineIdentity());
        var settings = CaptureSettings.usual(
                memory, "live-" + site.machine, InstantSource.system(), System::nanoTime, Entropy.system());
        this.replication = new Replication(new ReplicationPorts(
                site.machine,
                data.resolve("replication.json"),
                captured -> MachineCapture.open(settings, captured),
                new WireLink(client),
                Spool.open(data.resolve("spool"), 1L << 30, InstantSource.system(), Entropy.system()),
                described -> new Hardware(Hardware.Firmware.BIOS, 1, 1 << 30, List.of(), described),
                new Requests(),
                answers::put,
                ReadPace.UNBOUNDED,
                wake::release,
                Entropy.system(),
                InstantSource.system(),
                System::nanoTime));
        this.thread = Thread.ofPlatform().name("live-agent").start(this::run);
    }

    private record Requests() implements ReplicationPorts.PointRequests {
        @Override
        public boolean applicationConsistent() {
            return false;
        }

        @Override
        public PointRequest request(PointType type, @Nullable String runFrozen, Duration timeout) {
            var plain = PointRequest.crashConsistent();
            return runFrozen == null
                    ? plain
                    : plain.whileFrozen(
                            new dev.breakwater.mobility.consistency.FrozenCommand(runFrozen, timeout), timeout);
        }
    }

    private void run() {
        try (replication) {
            while (!stopping) {
                long wait = replication.step();
                if (wait > 0 && wake.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            failure = stopping ? null : e;
        } catch (Exception | Error e) {
            failure = e;
        }
    }

    void order(ReplicationTarget target) {
        version++;
        replication.orders(new MachineOrders(
                version,
                site.machine,
                "live",
                target,
                new ReplicationPolicy(
                        "slow", Duration.ofMinutes(60), Duration.ofHours(24), Duration.ofHours(1), Duration.ZERO),
                disks.stream()
                        .map(disk -> new DiskOrder(disk.id(), disk.device(), disk.sizeBytes(), false))
                        .toList(),
                points,
                List.of()));
    }

    /// Asks for a point during whose freeze the command runs.
    PointOrder point(ReplicationTarget target, String runFrozen) {
        var order = new PointOrder(
                UUID.randomUUID(), new PointId(UUID.randomUUID()), PointType.CRASH_CONSISTENT, runFrozen, 60);
        var all = new ArrayList<>(points);
        all.add(order);
        points = all;
        order(target);
        return order;
    }

    void await(PointOrder order, Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!answers.containsKey(order.orderId())) {
            if (failure != null) {
                throw new AssertionError("replication failed", failure);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("no answer in time: " + replication.status(0));
            }
            Thread.sleep(20);
        }
        if (!answers.get(order.orderId()).succeeded()) {
            throw new AssertionError(answers.get(order.orderId()).message());
        }
    }

    @Override
    public void close() throws Exception {
        stopping = true;
        replication.interrupt();
        thread.interrupt();
        thread.join(20_000);
        client.close();
        if (failure != null) {
            throw new AssertionError("replication failed", failure);
        }
    }
}

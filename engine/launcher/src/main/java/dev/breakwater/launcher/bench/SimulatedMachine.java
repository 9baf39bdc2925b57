package dev.breakwater.launcher.bench;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.control.machine.MachineInventory.InventoryDisk;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.control.registration.RegistrationClient;
import dev.breakwater.control.registration.RegistrationProof;
import dev.breakwater.control.registration.SecretKind;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.transport.ConnectionTimes;
import dev.breakwater.wire.transport.Destination;
import dev.breakwater.wire.transport.ReplicationClient;
import dev.breakwater.wire.transport.ReplicationConnection;
import dev.breakwater.wire.transport.ReplicationListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A machine that has no disks but sends as if: registered, ordered and connected like every other, over the real
/// protocol and TLS. Runs on a virtual thread of its own.
final class SimulatedMachine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedMachine.class);

    /// How a machine behaves.
    enum Temper {
        /// Sends what it has to.
        HEALTHY,
        /// Takes a long time over each piece, as over a bad line.
        SLOW,
        /// Loses its connection again and again, in the middle of a generation.
        CUT_OFF
    }

    /// Churn and points; may change while machines run.
    ///
    /// @param bytesPerSecond of each machine
    /// @param point between two points
    record Pace(long bytesPerSecond, Duration point) {}

    private static final int DISKS = 3;
    private static final long DISK_BYTES = 16L << 30;
    private static final int PIECE_BYTES = 16 << 10;
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration SLOW_PAUSE = Duration.ofMillis(500);
    private static final Duration BETWEEN_CUTS = Duration.ofSeconds(20);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final String name;
    private final Temper temper;
    private final SplittableRandom random;
    private final MachineClient control;
    private final ReplicationClient client;
    private final MachineId id;
    private final MachinesBench.Clock clock;

    private ReplicationTarget target =
            new ReplicationTarget(new ProcessServerId(new UUID(0, 0)), List.of("nowhere"), 1, 0);
    private List<DiskOrder> disks = List.of();
    private volatile @Nullable ReplicationConnection connection;
    private volatile long oldestPending;
    private final AtomicLong worstLagNanos = new AtomicLong();
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong durableGenerations = new AtomicLong();
    private volatile boolean over;

    private SimulatedMachine(
            String name,
            Temper temper,
            MachineId id,
            MachineClient control,
            ReplicationClient client,
            SplittableRandom random,
            MachinesBench.Clock clock) {
        this.name = name;
        this.temper = temper;
        this.id = id;
        this.control = control;
        this.client = client;
        this.random = random;
        this.clock = clock;
    }

    /// Registers a machine and tells what it is made of.
    static SimulatedMachine register(
            int number, Temper temper, EngineAddress engine, String passphrase, MachinesBench.Clock clock)
            throws IOException, InterruptedException {
        String name = "machine-" + number;
        var registered = new RegistrationClient(
                        engine, SecretKind.PASSPHRASE, RegistrationProof.byPassphrase(passphrase), Entropy.system())
                .register(PeerRole.MACHINE, name, null);
        MachineClient control = new MachineClient(engine, registered.identity());
        List<InventoryDisk> disks = new ArrayList<>();
        for (int i = 0; i < DISKS; i++) {
            disks.add(new InventoryDisk(device(i), DISK_BYTES, i == 0, "", List.of(), ""));
        }
        control.inventory(
                new MachineInventory(name, "simulated", "1", Hardware.Firmware.BIOS, 2, 4L << 30, List.of(), disks));
        return new SimulatedMachine(
                name,
                temper,
                new MachineId(registered.id()),
                control,
                new ReplicationClient(registered.identity(), ConnectionTimes.USUAL, 1),
                new SplittableRandom(number),
                clock);
    }

    private static String device(int number) {
        return "/dev/sd" + (char) ('a' + number);
    }

    /// Orders protection of its disks and waits until the machine has heard of it.
    void protect(AdminClient admin) throws IOException, InterruptedException {
        admin.protect(name, new ProtectRequest(List.of(device(0), device(1), device(2)), null, null));
        long version = 0;
        while (true) {
            MachineOrders orders = control.orders(version);
            if (orders.target() != null && orders.disks().size() == DISKS) {
                target = orders.target();
                disks = orders.disks();
                return;
            }
            version = orders.version();
        }
    }

    Temper temper() {
        return temper;
    }

    boolean connected() {
        ReplicationConnection known = connection;
        return known != null && known.isOpen();
    }

    /// Age of the oldest change that is not durable; 0 if all are.
    long lagNanos() {
        long since = oldestPending;
        return since == 0 ? 0 : Math.max(0, clock.nanos() - since);
    }

    /// The most that [#lagNanos] was when a generation became durable since this was last asked.
    long takeWorstLag() {
        return Math.max(worstLagNanos.getAndSet(0), lagNanos());
    }

    /// Generations that became durable so far.
    long durableGenerations() {
        return durableGenerations.get();
    }

    long sentBytes() {
        return sentBytes.get();
    }

    /// Sends until it is stopped.
    void run() {
        while (!over) {
            try {
                session();
            } catch (IOException e) {
                LOG.debug("{} lost its connection: {}", name, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (!over && !pause(RETRY)) {
                return;
            }
        }
    }

    private static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// When each generation that is on its way began.
    private final class Heard implements ReplicationListener {
        private final ArrayDeque<Long> begun = new ArrayDeque<>();

        synchronized void open(long began) {
            begun.add(began);
            oldestPending = begun.peek();
        }

        @Override
        public synchronized void durable(Message.Durable message) {
            durableGenerations.incrementAndGet();
            Long began = begun.poll();
            if (began != null) {
                worstLagNanos.accumulateAndGet(clock.nanos() - began, Math::max);
            }
            Iterator<Long> rest = begun.iterator();
            oldestPending = rest.hasNext() ? rest.next() : 0;
        }

        @Override
        public void closed(IOException cause) {
            LOG.debug("{}: {}", name, cause.getMessage());
        }
    }

    private void session() throws IOException, InterruptedException {
        Heard heard = new Heard();
        // What a lost connection had not made durable is still owed: its age goes on.
        long owedSince = oldestPending;
        var hello = new Message.Hello(
                Protocol.VERSION,
                id,
                UUID.randomUUID(),
                disks.stream()
                        .map(disk -> new Message.Hello.Disk(disk.id(), DISK_BYTES))
                        .toList(),
                1);
        try (ReplicationConnection open =
                client.connect(new Destination(target.hosts().getFirst(), target.port(), target.id()), hello, heard)) {
            connection = open;
            generations(open, heard, owedSince);
        } finally {
            connection = null;
        }
    }

    private void generations(ReplicationConnection open, Heard heard, long owedSince)
            throws IOException, InterruptedException {
        long cutAt = clock.nanos() + BETWEEN_CUTS.toNanos() / 2 + random.nextLong(BETWEEN_CUTS.toNanos());
        long owed = owedSince;
        // Points of the machines are spread over the time between two of them.
        long nextPoint = clock.nanos() + random.nextLong(clock.pace().point().toNanos());
        for (long generation = 1; !over; generation++) {
            long began = owed != 0 ? owed : clock.nanos();
            owed = 0;
            heard.open(began);
            while (!over && clock.nanos() < nextPoint) {
                churn(open);
                if (temper == Temper.CUT_OFF && clock.nanos() > cutAt) {
                    return;
                }
                Thread.sleep(TICK);
            }
            nextPoint = clock.nanos() + clock.pace().point().toNanos();
            open.closeGeneration(generation, Optional.of(point()));
        }
    }

    /// What a machine changes in a tick; what it could not send in time it does not catch up on.
    private void churn(ReplicationConnection open) throws IOException, InterruptedException {
        long bytes = clock.pace().bytesPerSecond() * TICK.toMillis() / 1000;
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        for (long sent = 0; sent < bytes && !over; sent += PIECE_BYTES) {
            piece.clear();
            // Half of it does not compress.
            while (piece.position() < PIECE_BYTES / 2) {
                piece.putLong(random.nextLong());
            }
            long block = random.nextLong((DISK_BYTES - PIECE_BYTES) / Blocks.BLOCK_BYTES);
            open.data(random.nextInt(DISKS), block * Blocks.BLOCK_BYTES, piece.capacity(), piece.clear());
            sentBytes.addAndGet(PIECE_BYTES);
            if (temper == Temper.SLOW) {
                Thread.sleep(SLOW_PAUSE);
            }
        }
    }

    private Message.PointMetadata point() {
        return new Message.PointMetadata(
                new PointId(UUID.randomUUID()),
                PointType.CRASH_CONSISTENT,
                Instant.now(),
                new Hardware(
                        Hardware.Firmware.BIOS,
                        2,
                        4L << 30,
                        List.of(),
                        disks.stream()
                                .map(disk -> new DiskDescription(disk.id(), disk.device(), DISK_BYTES, disk.boot()))
                                .toList()),
                0,
                0,
                List.of());
    }

    /// Ends it.
    @Override
    public void close() {
        over = true;
        ReplicationConnection known = connection;
        if (known != null) {
            known.close();
        }
        client.close();
        control.close();
    }
}

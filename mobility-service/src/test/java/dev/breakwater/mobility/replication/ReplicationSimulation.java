package dev.breakwater.mobility.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.control.machine.PointOrder;
import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.control.machine.ResyncOrder;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.PointRequest;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.mobility.spool.Spool;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.platform.Entropy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One machine, a vault, process servers and time, in one thread, from one seed. Points are compared with
/// what the disks were at their instant whenever one becomes durable.
final class ReplicationSimulation {

    /// The program was killed: everything that it had only in memory is gone.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed");
        }
    }

    static final ProcessServerId FIRST = new ProcessServerId(new UUID(9, 1));
    static final ProcessServerId SECOND = new ProcessServerId(new UUID(9, 2));

    final Random random;
    final Path folder;
    final SimulatedMachine machine;
    final SimulatedVault vault;
    final Map<UUID, OrderResult> answers = new HashMap<>();
    final List<PointOrder> pointOrders = new ArrayList<>();
    final List<ResyncOrder> resyncOrders = new ArrayList<>();
    long quotaBytes = 64 << 20;
    ProcessServerId assigned = FIRST;
    long version = 1;
    private long epoch = 1;
    long nanos = 1_000_000_000L;
    final Set<String> withheld = new HashSet<>();
    private long skewSeconds;
    int killChance;
    int kills;
    private int checkedSlots;
    private @Nullable Replication replication;

    ReplicationSimulation(long seed, Path folder) throws IOException {
        this.random = new Random(seed);
        this.folder = folder;
        var disks = new ArrayList<ProtectedDisk>();
        // The second one ends in the middle of a block.
        long[] sizes = {2 << 20, (1 << 20) + 512 * 3};
        for (int i = 0; i < sizes.length; i++) {
            var image = folder.resolve("disk" + i);
            try (var file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(sizes[i]);
            }
            disks.add(new ProtectedDisk(new DiskId(new UUID(7, i)), image.toString(), sizes[i]));
        }
        this.machine = new SimulatedMachine(random, disks);
        this.vault = new SimulatedVault(random);
        machine.mayDie = () -> {
            if (killChance > 0 && random.nextInt(killChance) == 0) {
                throw new Killed();
            }
        };
        for (int i = 0; i < 40; i++) {
            machine.write();
        }
    }

    Replication replication() throws IOException {
        if (replication == null) {
            InstantSource clock = () -> Instant.ofEpochSecond(1_800_000_000L + skewSeconds + nanos / 1_000_000_000L);
            Entropy entropy = random::nextBytes;
            replication = new Replication(new ReplicationPorts(
                    new MachineId(new UUID(1, 1)),
                    folder.resolve("replication.json"),
                    this::capture,
                    vault,
                    Spool.open(folder.resolve("spool"), quotaBytes, clock, entropy),
                    new Facts(),
                    new Requests(),
                    answers::put,
                    ReadPace.UNBOUNDED,
                    () -> {},
                    entropy,
                    clock,
                    () -> nanos));
            replication.orders(orders());
        }
        return replication;
    }

    /// Only the machine's own disks can be captured.
    private MachineCapture capture(List<ProtectedDisk> disks) throws IOException {
        if (!disks.equals(machine.disks)) {
            throw new IOException("simulated: cannot be captured");
        }
        return machine.open();
    }

    private final class Facts implements ReplicationPorts.MachineFacts {
        @Override
        public Hardware hardware(List<DiskDescription> disks) {
            return new Hardware(Hardware.Firmware.BIOS, 1, 1 << 30, List.of(), disks);
        }

        @Override
        public void requireOffered(String device) throws IOException {
            if (withheld.contains(device)) {
                throw new IOException(device + " is not offered");
            }
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

    MachineOrders orders() {
        var policy = new ReplicationPolicy(
                "fast", Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofSeconds(10), Duration.ZERO);
        return new MachineOrders(
                version,
                new MachineId(new UUID(1, 1)),
                "simulated",
                new ReplicationTarget(assigned, List.of("host"), 9443, epoch),
                policy,
                machine.disks.stream()
                        .map(disk -> new DiskOrder(disk.id(), disk.device(), disk.sizeBytes(), false))
                        .toList(),
                pointOrders,
                resyncOrders);
    }

    void moveTo(ProcessServerId server) throws IOException {
        assigned = server;
        epoch++;
        tellOrders();
    }

    /// The machine hears of orders that were added.
    void tellOrders() throws IOException {
        version++;
        replication().orders(orders());
    }

    /// One step of the program, perhaps its last.
    void step() throws Exception {
        try {
            long wait = replication().step();
            nanos += Math.max(1_000_000L, Math.min(wait, 500_000_000L));
        } catch (Killed e) {
            kill();
        }
        check();
    }

    /// Sets the machine's clock forward or back; monotonic time goes on.
    void jumpClock(long seconds) {
        skewSeconds += seconds;
        machine.instant += seconds;
    }

    void kill() {
        kills++;
        replication = null;
        if (vault.open != null) {
            vault.open.die("the machine is gone");
        }
    }

    void steps(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            step();
            vault.advance();
            check();
        }
    }

    /// Runs until a point that was taken now is durable, and holds it against the disks.
    void settle() throws Exception {
        killChance = 0;
        vault.flaky = false;
        vault.down.clear();
        machine.notNow = 0;
        long from = machine.instant;
        for (int i = 0; i < 3000; i++) {
            step();
            vault.advance();
            check();
            boolean newer = vault.slots.stream()
                    .anyMatch(slot -> slot.point().isPresent()
                            && slot.point().get().time().getEpochSecond() > from + 1);
            if (newer && replication().status(0).spoolBytes() == 0) {
                return;
            }
        }
        throw new AssertionError(
                "no point within the patience: " + replication().status(0));
    }

    /// Every point that became durable is what the disks were.
    void check() {
        if (replication != null) {
            assertThat(replication.status(0).spoolBytes())
                    .as("bytes of the spool")
                    .isLessThanOrEqualTo(quotaBytes);
        }
        for (; checkedSlots < vault.slots.size(); checkedSlots++) {
            var slot = vault.slots.get(checkedSlots);
            if (slot.point().isEmpty()) {
                continue;
            }
            var was = machine.snapshots.get(slot.point().get().time());
            for (var disk : machine.disks) {
                assertThat(java.util.Arrays.mismatch(slot.content().get(disk.id()), was.get(disk.id())))
                        .as("point of slot %d, generation %d, disk %s", checkedSlots, slot.generation(), disk.device())
                        .isEqualTo(-1);
            }
        }
    }

    long points() {
        return vault.slots.stream().filter(slot -> slot.point().isPresent()).count();
    }
}

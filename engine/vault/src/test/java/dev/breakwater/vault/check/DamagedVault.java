package dev.breakwater.vault.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.KeyRotation;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.VaultCreation;
import dev.breakwater.vault.VaultException;
import dev.breakwater.vault.blob.ObjectKind;
import dev.breakwater.vault.catalog.Catalog;
import dev.breakwater.vault.catalog.CatalogMachine;
import dev.breakwater.vault.catalog.CatalogPolicy;
import dev.breakwater.vault.key.RecoveryKey;
import dev.breakwater.vault.key.Rotation;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.MemoryStore;
import dev.breakwater.vault.log.PracticeMachine;
import dev.breakwater.vault.log.WriterLimits;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.maintenance.MaintenanceLimits;
import dev.breakwater.vault.maintenance.PinnedPoints;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A vault with two machines and an object of every kind; what must be found when parts of it are damaged.
final class DamagedVault {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-01T12:00:00Z"));

    private final Entropy entropy = new Seed(812).entropy();
    private final MemoryStore sound = new MemoryStore();
    private final MemoryStore yesterday;
    private final byte[] otherDescription;
    private final byte[] otherRotation;
    private final RecoveryKey recoveryKey;
    private final List<PracticeMachine> machines = new ArrayList<>();
    private final Map<MachineId, Long> newest = new HashMap<>();
    private final Map<MachineId, List<RecoveryPoint>> listed = new HashMap<>();

    DamagedVault() {
        try {
            VaultCreation created = VaultCreation.create(sound, entropy, CLOCK);
            RecoveryKey second;
            try (Vault vault = Vault.open(sound, created.recoveryKey(), entropy, CLOCK)) {
                for (int i = 0; i < 2; i++) {
                    machines.add(new PracticeMachine(new Seed(813 + i), vault, 2, 40));
                }
                second = rotated(vault);
            }
            try (Vault vault = Vault.open(sound, second, entropy, CLOCK)) {
                write(vault, 4);
                recoveryKey = rotated(vault);
            }
            try (Vault vault = open(sound)) {
                write(vault, 6);
                yesterday = sound.copy();
                write(vault, 12);
                for (PracticeMachine machine : machines) {
                    machine.fetchKeys(vault);
                    try (MachineReader reader = MachineReader.open(machine.in(sound))) {
                        newest.put(
                                machine.id(), reader.lastDurable().orElseThrow().slot());
                        listed.put(machine.id(), reader.points());
                    }
                }
            }
            MemoryStore other = new MemoryStore();
            VaultCreation foreign = VaultCreation.create(other, entropy, CLOCK);
            try (Vault vault = Vault.open(other, foreign.recoveryKey(), entropy, CLOCK)) {
                rotated(vault);
            }
            otherDescription = other.objects().get(ObjectKind.DESCRIPTION.prefix());
            otherRotation = other.objects().get(Rotation.objectName(2));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private RecoveryKey rotated(Vault vault) throws IOException {
        KeyRotation rotation = KeyRotation.of(vault, entropy, CLOCK);
        rotation.commit();
        return rotation.recoveryKey();
    }

    /// Points inline and in segments, checkpoints, a tail; documents in two versions, pins.
    private void write(Vault vault, int points) throws IOException, InterruptedException {
        ReplicationPolicy policy = ReplicationPolicy.DEFAULT;
        for (PracticeMachine machine : machines) {
            machine.fetchKeys(vault);
            MachineMaintenance maintenance = MachineMaintenance.of(
                    machine.in(sound), machine.entropy(), machine::now, PinnedPoints.NONE, MaintenanceLimits.DEFAULT);
            for (int i = 0; i < points; i++) {
                int inline = i % 2 == 0 ? 1 << 20 : 0;
                try (MachineWriter writer = machine.writer(sound, new WriterLimits(1 << 20, inline, 1 << 20, 1))) {
                    machine.point(writer, 3);
                }
                machine.pass(Duration.ofMinutes(4));
                maintenance.run(policy.retention());
            }
            String name = "machine after " + points;
            List<DiskDescription> disks = List.of();
            vault.catalog()
                    .put(
                            Catalog.MACHINES,
                            machine.id().toString(),
                            CatalogMachine.of(machine.id(), name, policy.name(), disks));
            vault.pins().pin(machine.id(), points, Duration.ofHours(1));
        }
        CatalogPolicy document = CatalogPolicy.of(policy);
        vault.catalog()
                .put(
                        Catalog.POLICIES,
                        policy.name(),
                        new CatalogPolicy(
                                document.name(),
                                document.rpoThresholdSeconds() + points,
                                document.retentionSeconds(),
                                document.crashConsistentSeconds(),
                                document.applicationConsistentSeconds()));
    }

    List<PracticeMachine> machines() {
        return machines;
    }

    Vault open(MemoryStore store) throws IOException {
        return Vault.open(store, recoveryKey, entropy, CLOCK);
    }

    MemoryStore copy() {
        return sound.copy();
    }

    /// The whole vault as it was some points ago.
    MemoryStore yesterday() {
        return yesterday.copy();
    }

    /// Objects of a kind, spread over all, the newest among them.
    List<String> victims(ObjectKind kind, int most) {
        List<String> all = sound.objects().keySet().stream()
                .filter(name -> ObjectKind.of(name).orElseThrow() == kind)
                .toList();
        assertThat(all).as("objects of kind %s", kind).isNotEmpty();
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < Math.min(most, all.size()); i++) {
            chosen.add(all.get(all.size() - 1 - i * all.size() / Math.min(most, all.size())));
        }
        return chosen;
    }

    /// The other objects of the same kind and owner.
    List<String> others(String name) {
        String owner = owner(name);
        return sound.objects().keySet().stream()
                .filter(other -> !other.equals(name) && owner(other).equals(owner))
                .toList();
    }

    /// Contents of objects of the same kind and another owner.
    List<byte[]> foreign(String name) {
        ObjectKind kind = ObjectKind.of(name).orElseThrow();
        if (kind == ObjectKind.DESCRIPTION) {
            return List.of(otherDescription);
        }
        if (kind == ObjectKind.ROTATION) {
            return List.of(otherRotation);
        }
        return sound.objects().entrySet().stream()
                .filter(other -> ObjectKind.of(other.getKey()).orElseThrow() == kind
                        && !owner(other.getKey()).equals(owner(name)))
                .map(Map.Entry::getValue)
                .toList();
    }

    /// Kind and machine; of documents the document.
    private static String owner(String name) {
        String[] parts = name.split("/", -1);
        int count = switch (ObjectKind.of(name).orElseThrow()) {
            case DOCUMENT -> 3;
            case ROTATION -> 1;
            default -> 2;
        };
        return String.join("/", List.of(parts).subList(0, Math.min(count, parts.length)));
    }

    CheckSummary check(MemoryStore store, CheckListener listener) throws IOException {
        return check(store, new Witness(newest, Set.of("the machines")), listener);
    }

    CheckSummary check(MemoryStore store, Witness witness, CheckListener listener) throws IOException {
        try (Vault vault = open(store)) {
            return new VaultCheck(vault).run(CheckDepth.DATA, witness, listener);
        }
    }

    /// Reads every point: what can be read is what was written, and what no finding speaks of can be read.
    ///
    /// @return disks of points that were read
    int verify(MemoryStore store, List<Finding> findings, String what) throws IOException {
        int read = 0;
        try (Vault vault = open(store)) {
            for (PracticeMachine machine : machines) {
                for (RecoveryPoint point : listed.get(machine.id())) {
                    for (DiskId disk : machine.disks()) {
                        read += verify(vault, machine, point, disk, findings, what) ? 1 : 0;
                    }
                }
            }
        } catch (VaultException e) {
            assertThat(findings).as(what).isNotEmpty();
        }
        return read;
    }

    private boolean verify(
            Vault vault, PracticeMachine machine, RecoveryPoint point, DiskId disk, List<Finding> findings, String what)
            throws IOException {
        byte[] content;
        try (MachineReader reader = reader(vault, machine.id())) {
            content = machine.read(reader, point.id(), disk);
        } catch (IOException | IllegalArgumentException e) {
            assertThat(findings)
                    .as("%s: %s cannot be read: %s", what, point.slot(), e)
                    .anyMatch(finding -> explains(finding, machine.id(), point.slot(), disk));
            return false;
        }
        Map<DiskId, byte[]> expected = expected(machine, point.id());
        assertThat(content).as("%s: slot %s disk %s", what, point.slot(), disk).isEqualTo(expected.get(disk));
        return true;
    }

    private static Map<DiskId, byte[]> expected(PracticeMachine machine, PointId point) {
        return machine.points().get(point);
    }

    private static MachineReader reader(Vault vault, MachineId machine) throws IOException {
        return MachineReader.open(
                new MachineVault(vault.store(), vault.id(), vault.keyRing().existing(machine)));
    }

    /// Whether a finding says that the point's disk may be unreadable.
    private static boolean explains(Finding finding, MachineId machine, long slot, DiskId disk) {
        if (finding.severity() != Severity.CRITICAL || !finding.machine().equals(Optional.of(machine))) {
            return false;
        }
        return switch (finding.code()) {
            case SLOT_MISSING, SLOT_DAMAGED, CHAIN_BROKEN ->
                finding.points().isEmpty() || finding.points().getFirst() <= slot;
            case MACHINE_KEY_UNREADABLE, CHECKPOINT_DAMAGED, ROLLED_BACK, MACHINE_MISSING -> true;
            default ->
                finding.points().contains(slot)
                        && finding.disk().map(disk::equals).orElse(true);
        };
    }
}

package dev.breakwater.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.Azurite;
import dev.breakwater.testkit.Fault;
import dev.breakwater.testkit.FaultPlan;
import dev.breakwater.testkit.Seed;
import dev.breakwater.testkit.SimulatedCrash;
import dev.breakwater.vault.blob.FaultyStore;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreCredentials;
import dev.breakwater.vault.blob.VaultLocation;
import dev.breakwater.vault.catalog.Catalog;
import dev.breakwater.vault.catalog.CatalogPolicy;
import dev.breakwater.vault.key.OutdatedKeysException;
import dev.breakwater.vault.key.RecoveryKey;
import dev.breakwater.vault.key.Rotation;
import dev.breakwater.vault.key.VaultKey;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.MemoryStore;
import dev.breakwater.vault.log.PracticeMachine;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.maintenance.MaintenanceLimits;
import dev.breakwater.vault.maintenance.PinnedPoints;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A rotation of a vault's keys")
class KeyRotationTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T08:00:00Z"));

    /// One for all tests: the cipher refuses a key and nonce that it has seen.
    private static final Entropy ENTROPY = Seed.orUsual(77).entropy();

    private final MemoryStore store = new MemoryStore();

    /// Where machines write.
    private ObjectStore where = store;

    private RecoveryKey first;

    @BeforeEach
    void create() throws IOException {
        first = VaultCreation.create(store, ENTROPY, CLOCK).recoveryKey();
    }

    private static Vault open(ObjectStore in, RecoveryKey key) throws IOException {
        return Vault.open(in, key, ENTROPY, CLOCK);
    }

    private static RecoveryKey rotate(ObjectStore in, RecoveryKey key) throws IOException {
        try (Vault vault = open(in, key)) {
            KeyRotation rotation = KeyRotation.of(vault, ENTROPY, CLOCK);
            rotation.commit();
            return rotation.recoveryKey();
        }
    }

    private static VaultException.Kind refusal(ObjectStore in, RecoveryKey key) throws IOException {
        try (Vault vault = open(in, key)) {
            throw new AssertionError("opened " + vault);
        } catch (VaultException e) {
            return e.kind();
        }
    }

    private PracticeMachine machine(Seed seed, RecoveryKey key) throws IOException {
        try (Vault vault = open(where, key)) {
            return new PracticeMachine(seed, vault, 2, 60);
        }
    }

    private void fetchKeys(PracticeMachine machine, RecoveryKey key) throws IOException {
        try (Vault vault = open(where, key)) {
            machine.fetchKeys(vault);
        }
    }

    private void points(PracticeMachine machine, int count) throws IOException, InterruptedException {
        try (MachineWriter writer = machine.writer(where)) {
            for (int i = 0; i < count; i++) {
                machine.point(writer, 5);
                machine.pass(Duration.ofMinutes(5));
            }
        }
    }

    private int verified(PracticeMachine machine) throws IOException {
        try (MachineReader reader = MachineReader.open(machine.in(where))) {
            return machine.verify(reader);
        }
    }

    @Test
    @DisplayName("leaves every point before and after it exact under the newest key, also when all is compacted")
    void exact() throws Exception {
        rotateTwice(8);
    }

    private void rotateTwice(int maintenances) throws Exception {
        PracticeMachine machine = machine(new Seed(1), first);
        points(machine, 6);
        RecoveryKey second = rotate(where, first);
        fetchKeys(machine, second);
        assertThat(verified(machine)).isEqualTo(6);
        points(machine, 6);
        RecoveryKey third = rotate(where, second);
        fetchKeys(machine, third);
        points(machine, 6);
        assertThat(verified(machine)).isEqualTo(18);
        MaintenanceLimits limits =
                new MaintenanceLimits(3, 6, Duration.ofHours(1), Duration.ofDays(1), 1 << 20, 64 << 10, 1L << 30);
        for (int i = 0; i < maintenances; i++) {
            points(machine, 3);
            machine.pass(Duration.ofHours(2));
            MachineMaintenance.of(machine.in(where), machine.entropy(), machine::now, PinnedPoints.NONE, limits)
                    .run(Duration.ofHours(5));
        }
        assertThat(verified(machine)).isPositive();
    }

    @Test
    @DisplayName("does so in Azure Blob Storage too (a real Azurite)")
    void azure() throws Exception {
        Azurite azurite;
        try {
            azurite = Azurite.shared();
        } catch (IllegalStateException e) {
            Assumptions.abort(e.getMessage());
            return;
        }
        VaultLocation location = VaultLocation.parse("azure://" + Azurite.ACCOUNT + "/rotated-" + UUID.randomUUID());
        var credentials = new StoreCredentials.ConnectionString(azurite.connectionString());
        try (ObjectStore blobs = ObjectStores.create(location, credentials, ENTROPY)) {
            where = blobs;
            first = VaultCreation.create(blobs, ENTROPY, CLOCK).recoveryKey();
            rotateTwice(2);
            assertThat(refusal(blobs, first)).isEqualTo(VaultException.Kind.KEY_REPLACED);
        }
    }

    @Test
    @DisplayName(
            "lets only the newest recovery key and vault key in, and says of the older ones that they were replaced")
    void olderKeys() throws Exception {
        VaultKey engines;
        try (Vault vault = open(store, first)) {
            engines = vault.key();
            assertThat(vault.epoch()).isEqualTo(1);
        }
        RecoveryKey second = rotate(store, first);
        RecoveryKey third = rotate(store, second);
        for (RecoveryKey older : List.of(first, second)) {
            assertThat(refusal(store, older)).isEqualTo(VaultException.Kind.KEY_REPLACED);
        }
        assertThat(refusal(store, RecoveryKey.draw(ENTROPY))).isEqualTo(VaultException.Kind.WRONG_KEY);
        assertThatThrownBy(() -> Vault.open(store, engines, ENTROPY, CLOCK))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.kind()).isEqualTo(VaultException.Kind.KEY_REPLACED))
                .hasMessageContaining("--recovery-key-file");
        try (Vault vault = open(store, third)) {
            assertThat(vault.epoch()).isEqualTo(3);
            Vault.open(store, vault.key(), ENTROPY, CLOCK).close();
        }
    }

    @Test
    @DisplayName("keeps what is written after it from who has the older keys and every object")
    void newIsNewOnly() throws Exception {
        PracticeMachine machine = machine(new Seed(2), first);
        points(machine, 3);
        RecoveryKey second = rotate(store, first);
        fetchKeys(machine, second);
        points(machine, 3);
        CatalogPolicy policy = new CatalogPolicy("after", 1, 1, 1, 0);
        try (Vault vault = open(store, second)) {
            vault.catalog().put(Catalog.POLICIES, "after", policy);
        }
        // Who has the old key just removes what would refuse it.
        MemoryStore stolen = store.copy();
        stolen.delete(Rotation.objectName(2));
        try (Vault vault = open(stolen, first)) {
            machine.fetchKeys(vault);
            assertThat(vault.catalog().list(Catalog.POLICIES, CatalogPolicy.class))
                    .isEmpty();
        }
        try (MachineReader reader = MachineReader.open(machine.in(stolen))) {
            assertThat(machine.verify(reader)).as("what was before").isEqualTo(3);
        }
        assertThat(refusal(stolen, second)).isEqualTo(VaultException.Kind.WRONG_KEY);
    }

    @Test
    @DisplayName("is not taken for damage by a program that has the older keys: it gives nothing up")
    void notDamage() throws Exception {
        PracticeMachine machine = machine(new Seed(3), first);
        points(machine, 2);
        PracticeMachine late = machine(new Seed(3), first);
        RecoveryKey second = rotate(store, first);
        fetchKeys(machine, second);
        points(machine, 2);
        assertThatThrownBy(() -> late.writer(store)).isInstanceOf(OutdatedKeysException.class);
        assertThatThrownBy(() -> MachineReader.open(late.in(store))).isInstanceOf(OutdatedKeysException.class);
        MachineMaintenance maintenance = MachineMaintenance.of(
                late.in(store), late.entropy(), late::now, PinnedPoints.NONE, MaintenanceLimits.DEFAULT);
        assertThatThrownBy(() -> maintenance.run(Duration.ofHours(1))).isInstanceOf(OutdatedKeysException.class);
        assertThat(verified(machine)).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CRASH_BEFORE", "CRASH_AFTER", "LOST_REQUEST", "LOST_ANSWER", "REFUSED", "FULL", "STALE_LIST"})
    @DisplayName("that fails or dies at any call leaves a vault that exactly one of the two recovery keys opens")
    void everyCall(Fault fault) throws IOException {
        RecoveryKey second = rotate(store, first);
        FaultyStore counted = new FaultyStore(store.copy(), FaultPlan.none());
        rotate(counted, second);
        int calls = counted.calls();
        assertThat(calls).isGreaterThanOrEqualTo(4);
        List<Boolean> done = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            MemoryStore copy = store.copy();
            FaultyStore faulty = new FaultyStore(copy, FaultPlan.at(call, fault));
            List<RecoveryKey> drawn = new ArrayList<>();
            try (Vault vault = open(faulty, second)) {
                KeyRotation rotation = KeyRotation.of(vault, ENTROPY, CLOCK);
                // As the command does, which has it on a disk before it commits.
                drawn.add(rotation.recoveryKey());
                rotation.commit();
            } catch (IOException | SimulatedCrash e) {
                assertThat(fault).isNotEqualTo(Fault.STALE_LIST);
            }
            boolean committed = copy.objects().containsKey(Rotation.objectName(3));
            done.add(committed);
            RecoveryKey opens = committed ? drawn.getFirst() : second;
            open(copy, opens).close();
            if (committed) {
                assertThat(refusal(copy, second)).isEqualTo(VaultException.Kind.KEY_REPLACED);
            } else if (!drawn.isEmpty()) {
                assertThat(refusal(copy, drawn.getFirst())).isEqualTo(VaultException.Kind.WRONG_KEY);
            }
            assertThat(refusal(copy, first)).isEqualTo(VaultException.Kind.KEY_REPLACED);
        }
        // The put is the last call and the only one that changes anything.
        boolean happened = fault == Fault.CRASH_AFTER || fault == Fault.LOST_ANSWER || fault == Fault.STALE_LIST;
        assertThat(done.getLast()).isEqualTo(happened);
        assertThat(done.subList(0, calls - 1)).containsOnly(fault == Fault.STALE_LIST);
    }

    @Test
    @DisplayName("by two at the same time is done by one; the other's new key opens nothing, and it is told")
    void twoAtOnce() throws Exception {
        try (Vault one = open(store, first);
                Vault other = open(store.reopened(), first)) {
            KeyRotation ours = KeyRotation.of(one, ENTROPY, CLOCK);
            KeyRotation theirs = KeyRotation.of(other, ENTROPY, CLOCK);
            theirs.commit();
            assertThatThrownBy(ours::commit).hasMessageContaining("Somebody else");
            open(store, theirs.recoveryKey()).close();
            assertThat(refusal(store, ours.recoveryKey())).isEqualTo(VaultException.Kind.WRONG_KEY);
        }
    }

    @Test
    @DisplayName("is not believed if somebody made it who has only an older key")
    void forged() throws Exception {
        RecoveryKey second = rotate(store, first);
        // With the first key and a store of their own, robbers make a rotation, and its like for the third epoch.
        MemoryStore robbers = store.copy();
        robbers.delete(Rotation.objectName(2));
        rotate(robbers, rotate(robbers, first));
        store.objects().put(Rotation.objectName(3), robbers.objects().get(Rotation.objectName(3)));
        assertThatThrownBy(() -> open(store, second))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.kind()).isEqualTo(VaultException.Kind.DAMAGED))
                .hasMessageContaining("did not have the key before");
        store.delete(Rotation.objectName(3));
        open(store, second).close();
    }

    @Test
    @DisplayName("that was taken out of the store again is noticed by an engine that has seen it")
    void takenBack() throws Exception {
        RecoveryKey second = rotate(store, first);
        VaultKey engines;
        try (Vault vault = open(store, second)) {
            engines = vault.key();
        }
        store.delete(Rotation.objectName(2));
        assertThatThrownBy(() -> Vault.open(store, engines, ENTROPY, CLOCK)).hasMessageContaining("rolled back");
    }

    @Test
    @DisplayName("is refused after the last epoch that a vault can have")
    void bounded() throws Exception {
        RecoveryKey key = first;
        for (int epoch = 2; epoch <= 64; epoch++) {
            key = rotate(store, key);
        }
        RecoveryKey last = key;
        PracticeMachine machine = machine(new Seed(4), last);
        points(machine, 2);
        assertThat(verified(machine)).isEqualTo(2);
        assertThatThrownBy(() -> rotate(store, last)).hasMessageContaining("64");
        open(store, last).close();
    }
}

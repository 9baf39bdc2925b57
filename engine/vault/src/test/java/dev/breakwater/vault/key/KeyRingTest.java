package dev.breakwater.vault.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.blob.FolderStore;
import dev.breakwater.vault.blob.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A key ring")
class KeyRingTest {

    private final Entropy entropy = Seed.orUsual(11).entropy();
    private final VaultId vault = new VaultId(entropy.uuid());
    private final VaultKeys vaultKeys = VaultKeys.of(VaultKey.draw(entropy));
    private final MachineId machine = new MachineId(entropy.uuid());
    private final DiskId first = new DiskId(entropy.uuid());
    private final DiskId second = new DiskId(entropy.uuid());

    @TempDir
    private Path folder;

    private FolderStore store;
    private KeyRing ring;

    @BeforeEach
    void open() throws Exception {
        store = FolderStore.open(folder, entropy);
        ring = new KeyRing(store, vault, vaultKeys, entropy);
    }

    @Test
    @DisplayName("makes each key once and gives the same ever after")
    void makesOnce() throws Exception {
        MachineKeys keys = ring.machineKeys(machine, Set.of(first));
        MachineKeys more = ring.machineKeys(machine, Set.of(first, second));
        assertThat(more.machineKey()).isEqualTo(keys.machineKey());
        assertThat(more.diskKey(first)).isEqualTo(keys.diskKey(first)).isNotEqualTo(more.diskKey(second));
        assertThat(new KeyRing(store, vault, vaultKeys, entropy).existing(machine))
                .isEqualTo(more);
        assertThat(ring.machines()).containsExactly(machine);
    }

    @Test
    @DisplayName("gives the same keys to all that make them at once")
    void oneKeyForAll() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<MachineKeys>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Callable<MachineKeys> make =
                        () -> new KeyRing(store, vault, vaultKeys, entropy).machineKeys(machine, Set.of(first, second));
                all.add(threads.submit(make));
            }
            for (Future<MachineKeys> keys : all) {
                assertThat(keys.get()).isEqualTo(ring.existing(machine));
            }
        }
    }

    @Test
    @DisplayName("makes none when it is asked for existing ones")
    void makesNone() {
        assertThatThrownBy(() -> ring.existing(machine))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_FOUND));
    }

    @Test
    @DisplayName("refuses a wrapped key that lies in another's place, is damaged, or is of another vault")
    void bound() throws Exception {
        ring.machineKeys(machine, Set.of(first, second));
        Path keys = folder.resolve("keys").resolve(machine.toString());
        byte[] ofFirst = Files.readAllBytes(keys.resolve(first.toString()));
        Files.write(keys.resolve(second.toString()), ofFirst);
        assertThatThrownBy(() -> ring.machineKeys(machine, Set.of(second)))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining(second.toString());
        // The other disk can still be read.
        assertThat(ring.existing(machine).diskKeys()).containsOnlyKeys(first);
        assertThat(ring.readable(machine).damaged()).containsOnlyKeys(second);
        ofFirst[20] ^= 1;
        Files.write(keys.resolve(first.toString()), ofFirst);
        assertThatThrownBy(() -> ring.machineKeys(machine, Set.of(first))).isInstanceOf(WrongKeyException.class);
        KeyRing other = new KeyRing(store, new VaultId(entropy.uuid()), vaultKeys, entropy);
        assertThatThrownBy(() -> other.existing(machine)).isInstanceOf(WrongKeyException.class);
    }
}

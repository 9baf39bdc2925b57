package dev.breakwater.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.blob.FolderStore;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.catalog.Catalog;
import dev.breakwater.vault.catalog.CatalogMachine;
import dev.breakwater.vault.catalog.CatalogPolicy;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.key.RecoveryKey;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The stored vault of version 1 (keys and documents)")
class GoldenVaultTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T22:00:00Z"));
    private static final MachineId MACHINE = MachineId.of("22222222-3333-4444-8555-666666666666");
    private static final DiskId DISK = DiskId.of("77777777-8888-4999-8aaa-bbbbbbbbbbbb");
    private static final CatalogMachine DOCUMENT = CatalogMachine.of(
            MACHINE, "practice-1", "default", List.of(new DiskDescription(DISK, "/dev/sda", 1L << 30, true)));
    private static final String RECOVERY_KEY = "AKVH-WCF9-PA0K-ESG2-VS4C-XMDJ-7RG9-9516-39B3-HE2Q-74Y6-VXX4-HV01-Q2JA";
    private static final String DISK_KEY = "b1d738956b22ec5e7d29b5b74dd756652fc0c8627703ba5aae5d25da17e14ff8";

    private static Path stored() throws URISyntaxException {
        return Path.of(
                GoldenVaultTest.class.getResource("/golden/keys-and-catalog").toURI());
    }

    @Test
    @DisplayName("opens for ever with its recovery key and gives the same keys, documents and pins")
    void opens() throws Exception {
        Entropy entropy = Seed.orUsual(52).entropy();
        ObjectStore store = FolderStore.open(stored(), entropy);
        try (Vault vault = Vault.open(store, RecoveryKey.parse(RECOVERY_KEY), entropy, CLOCK)) {
            assertThat(vault.id()).isEqualTo(VaultId.of("7ea4c8ba-98bf-4edd-99b7-a0c824756d9f"));
            MachineKeys keys = vault.keyRing().existing(MACHINE);
            assertThat(HexFormat.of().formatHex(keys.diskKey(DISK).toBytes())).isEqualTo(DISK_KEY);
            Catalog catalog = vault.catalog();
            assertThat(catalog.get(Catalog.MACHINES, DOCUMENT.id(), CatalogMachine.class))
                    .contains(DOCUMENT);
            assertThat(catalog.list(Catalog.POLICIES, CatalogPolicy.class)).containsOnlyKeys("default");
            assertThat(vault.pins().live(MACHINE))
                    .singleElement()
                    .satisfies(pin -> assertThat(pin.slot()).isEqualTo(17));
        }
    }

    /// Made the stored vault; for a new version of the format it makes another one beside it.
    static void main(String[] arguments) throws IOException {
        Entropy entropy = new Seed(51).entropy();
        ObjectStore store = FolderStore.create(Path.of(arguments[0]), entropy);
        VaultCreation created = VaultCreation.create(store, entropy, CLOCK);
        try (Vault vault = Vault.open(store, created.vaultKey(), entropy, CLOCK)) {
            MachineKeys keys = vault.keyRing().machineKeys(MACHINE, Set.of(DISK));
            vault.catalog().put(Catalog.MACHINES, DOCUMENT.id(), DOCUMENT);
            vault.catalog().put(Catalog.POLICIES, "default", CatalogPolicy.of(ReplicationPolicy.DEFAULT));
            vault.pins().pin(MACHINE, 17, Duration.ofHours(1));
            System.out.println(vault.id());
            System.out.println(created.recoveryKey().reveal());
            System.out.println(HexFormat.of().formatHex(keys.diskKey(DISK).toBytes()));
        }
    }
}

package dev.breakwater.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    private static final List<String> OLDER_RECOVERY_KEYS = List.of(
            "F44H-K79F-CXV9-8Y89-EFXE-T5QZ-FTPN-2EAZ-Z6DQ-MJR2-SF77-D8JK-WMKC-5H2T",
            "01BB-SG3X-B0TM-5HPE-6991-H8J2-0N0X-BFFH-9HP8-0BVK-QHB0-6BCS-E619-5ZZQ");
    private static final String ROTATED_RECOVERY_KEY =
            "8BST-WHJ9-TPC3-WTSS-54ZB-R4VP-2RFE-VZ64-9MPS-F94Y-95DA-HHQF-H08K-7DCK";
    private static final String ROTATED_DISK_KEY = "8ad6a25290e151176e7919474742908c623e6534f6930188b400129548475111"
            + "ab8581d8d1cc31dbf508a4d992f5f84cbe6abff2de351d439923c52cc9f18078"
            + "1fb03a183d75b773f65f8321e226ed0b677016392adae97413b11ecefb36c2fd";

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

    @Test
    @DisplayName(
            "opens for ever with its newest recovery key only if its keys were rotated, and gives the keys of all epochs")
    void rotated() throws Exception {
        Entropy entropy = Seed.orUsual(52).entropy();
        ObjectStore store = FolderStore.open(
                Path.of(GoldenVaultTest.class.getResource("/golden/rotated").toURI()), entropy);
        for (String older : OLDER_RECOVERY_KEYS) {
            assertThatThrownBy(() -> Vault.open(store, RecoveryKey.parse(older), entropy, CLOCK))
                    .isInstanceOfSatisfying(
                            VaultException.class,
                            e -> assertThat(e.kind()).isEqualTo(VaultException.Kind.KEY_REPLACED));
        }
        try (Vault vault = Vault.open(store, RecoveryKey.parse(ROTATED_RECOVERY_KEY), entropy, CLOCK)) {
            assertThat(vault.epoch()).isEqualTo(3);
            vault.checkRotations(fault -> assertThat(fault).isNull());
            assertThat(vault.descriptionDamage()).isEmpty();
            MachineKeys keys = vault.keyRing().existing(MACHINE);
            assertThat(HexFormat.of().formatHex(keys.diskKey(DISK).toBytes())).isEqualTo(ROTATED_DISK_KEY);
            assertThat(vault.catalog().get(Catalog.MACHINES, DOCUMENT.id(), CatalogMachine.class))
                    .as("written in the first epoch")
                    .contains(DOCUMENT);
            assertThat(vault.catalog().list(Catalog.POLICIES, CatalogPolicy.class))
                    .as("written in the third epoch")
                    .containsOnlyKeys("default");
        }
    }

    /// Made the stored vaults, each in a new folder; for a new version of the format it makes others beside them.
    ///
    /// @param arguments the folder for the one that was never rotated, and for the other
    static void main(String[] arguments) throws IOException {
        makeRotated(Path.of(arguments[1]));
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

    private static void makeRotated(Path folder) throws IOException {
        Entropy entropy = new Seed(53).entropy();
        ObjectStore store = FolderStore.create(folder, entropy);
        RecoveryKey recoveryKey = VaultCreation.create(store, entropy, CLOCK).recoveryKey();
        for (int epoch = 1; epoch <= 3; epoch++) {
            System.out.println(recoveryKey.reveal());
            try (Vault vault = Vault.open(store, recoveryKey, entropy, CLOCK)) {
                MachineKeys keys = vault.keyRing().machineKeys(MACHINE, Set.of(DISK));
                if (epoch == 1) {
                    vault.catalog().put(Catalog.MACHINES, DOCUMENT.id(), DOCUMENT);
                }
                if (epoch == 3) {
                    vault.catalog().put(Catalog.POLICIES, "default", CatalogPolicy.of(ReplicationPolicy.DEFAULT));
                    System.out.println(
                            HexFormat.of().formatHex(keys.diskKey(DISK).toBytes()));
                    return;
                }
                KeyRotation rotation = KeyRotation.of(vault, entropy, CLOCK);
                rotation.commit();
                recoveryKey = rotation.recoveryKey();
            }
        }
    }
}

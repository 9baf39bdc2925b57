package dev.breakwater.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreCredentials;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.blob.VaultLocation;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.key.RecoveryKey;
import dev.breakwater.vault.key.VaultKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A vault")
class VaultTest {

    private final Entropy entropy = Seed.orUsual(21).entropy();
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T21:00:00.123456Z"));

    @TempDir
    private Path folder;

    private ObjectStore store() throws StoreException {
        return ObjectStores.create(
                VaultLocation.parse(folder.resolve("v").toString()), new StoreCredentials.None(), entropy);
    }

    private static VaultException refusal(OpenedBy open) {
        try (Vault vault = open.open()) {
            throw new AssertionError("opened " + vault);
        } catch (VaultException e) {
            return e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private interface OpenedBy {
        Vault open() throws Exception;
    }

    @Test
    @DisplayName("opens with its recovery key and with its vault key, and gives the same keys")
    void opens() throws Exception {
        VaultCreation created = VaultCreation.create(store(), entropy, clock);
        RecoveryKey typed = RecoveryKey.parse(created.recoveryKey().reveal());
        MachineId machine = new MachineId(entropy.uuid());
        DiskId disk = new DiskId(entropy.uuid());
        MachineKeys keys;
        try (Vault vault = Vault.open(store(), typed, entropy, clock)) {
            assertThat(vault.id()).isEqualTo(created.id());
            assertThat(vault.created()).isEqualTo(Instant.parse("2026-11-22T21:00:00Z"));
            assertThat(vault.key()).isEqualTo(created.vaultKey());
            keys = vault.keyRing().machineKeys(machine, Set.of(disk));
        }
        try (Vault vault = Vault.open(store(), created.vaultKey(), entropy, clock)) {
            assertThat(vault.keyRing().existing(machine)).isEqualTo(keys);
        }
    }

    @Test
    @DisplayName("is never made over another one")
    void neverTwice() throws Exception {
        VaultCreation first = VaultCreation.create(store(), entropy, clock);
        assertThatThrownBy(() -> VaultCreation.create(store(), entropy, clock))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.kind()).isEqualTo(VaultException.Kind.EXISTS));
        Vault.open(store(), first.recoveryKey(), entropy, clock).close();
    }

    @Test
    @DisplayName("refuses another key, and says when there is no vault at all")
    void refusals() throws Exception {
        assertThat(refusal(() -> Vault.open(store(), RecoveryKey.draw(entropy), entropy, clock))
                        .kind())
                .isEqualTo(VaultException.Kind.NO_VAULT);
        VaultCreation.create(store(), entropy, clock);
        assertThat(refusal(() -> Vault.open(store(), RecoveryKey.draw(entropy), entropy, clock))
                        .kind())
                .isEqualTo(VaultException.Kind.WRONG_KEY);
        assertThat(refusal(() -> Vault.open(store(), VaultKey.draw(entropy), entropy, clock))
                        .kind())
                .isEqualTo(VaultException.Kind.WRONG_KEY);
    }

    @Test
    @DisplayName("is refused when its description is damaged, changed or newer")
    void description() throws Exception {
        VaultCreation created = VaultCreation.create(store(), entropy, clock);
        Path file = folder.resolve("v").resolve("vault");
        String json = Files.readString(file);
        Map<String, VaultException.Kind> changes = Map.of(
                "",
                VaultException.Kind.DAMAGED,
                "{",
                VaultException.Kind.DAMAGED,
                "[]",
                VaultException.Kind.DAMAGED,
                json.replace("breakwater-vault", "something"),
                VaultException.Kind.DAMAGED,
                json.replace("\"wrappedKey\" : \"", "\"wrappedKey\" : \"**"),
                VaultException.Kind.DAMAGED,
                json.replace("\"version\" : 1", "\"version\" : 2"),
                VaultException.Kind.NEWER_FORMAT,
                json.replace("2026-11-22", "2026-11-21"),
                VaultException.Kind.WRONG_KEY);
        for (var change : changes.entrySet()) {
            assertThat(change.getKey()).isNotEqualTo(json);
            Files.writeString(file, change.getKey());
            assertThat(refusal(() -> Vault.open(store(), created.recoveryKey(), entropy, clock))
                            .kind())
                    .as(change.getKey())
                    .isEqualTo(change.getValue());
        }
    }

    @Test
    @DisplayName("holds none of its keys in clear")
    void noSecrets() throws Exception {
        VaultCreation created = VaultCreation.create(store(), entropy, clock);
        byte[] key = created.vaultKey().toBytes();
        byte[] description = Files.readAllBytes(folder.resolve("v").resolve("vault"));
        String text = new String(description, StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain(Base64.getEncoder().encodeToString(key).substring(0, 20));
        assertThat(text).doesNotContain(new String(key, StandardCharsets.ISO_8859_1));
        assertThat(text).doesNotContain(created.recoveryKey().reveal().substring(0, 9));
        assertThat(created.toString()).doesNotContain("secret");
    }

    @Test
    @DisplayName("lies in a folder or in a container, and nowhere else")
    void locations() {
        assertThat(VaultLocation.parse("azure://acc0unt/my-vault"))
                .isEqualTo(new VaultLocation.Azure("acc0unt", "my-vault"))
                .hasToString("azure://acc0unt/my-vault");
        assertThat(VaultLocation.parse("/a/../b")).isEqualTo(new VaultLocation.Folder(Path.of("/b")));
        for (String wrong : new String[] {
            "",
            " ",
            "s3://a/b",
            "azure://a",
            "azure://acc0unt/",
            "azure://acc0unt/a--b",
            "azure://acc0unt/x/y",
            "azure://Account/container",
            "azure://acc0unt/ab",
            "azure://acc0unt/container-"
        }) {
            assertThatThrownBy(() -> VaultLocation.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

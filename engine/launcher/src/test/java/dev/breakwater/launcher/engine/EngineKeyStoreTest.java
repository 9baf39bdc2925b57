package dev.breakwater.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.key.VaultKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The engine's key store")
class EngineKeyStoreTest {

    private static final EngineSetup STORED = new EngineSetup(
            "azure://account/container",
            VaultKey.of(HexFormat.of().parseHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")),
            Map.of("AZURE_STORAGE_SAS_TOKEN", "sv=1&sig=golden"));

    @TempDir
    Path data;

    @Test
    @DisplayName("gives back what it was given, from files that only the owner can read")
    void keeps() throws IOException {
        VaultKey key = VaultKey.draw(Entropy.system());
        EngineSetup setup =
                new EngineSetup("azure://account/container", key, Map.of("AZURE_STORAGE_SAS_TOKEN", "sv=1&sig=secret"));
        new EngineKeyStore(data).save(setup);
        new EngineKeyStore(data).save(setup);

        assertThat(new EngineKeyStore(data).load()).hasValueSatisfying(loaded -> {
            assertThat(loaded.vaultLocation()).isEqualTo("azure://account/container");
            assertThat(loaded.vaultKey()).isEqualTo(key);
            assertThat(loaded.storeCredentials()).isEqualTo(setup.storeCredentials());
        });
        for (String name : new String[] {"engine.p12", "engine.p12.password"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(data.resolve("engine.p12"))))
                .as("the key is nowhere in clear")
                .doesNotContain(HexFormat.of().formatHex(key.toBytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"damaged-bit.p12", "damaged-cut.p12", "damaged-other-entries.p12"})
    @DisplayName("of version 1, damaged, is refused in words")
    void storedAndDamaged(String name) throws IOException {
        stored(name);
        assertThatThrownBy(() -> new EngineKeyStore(data).load())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The engine's key store");
    }

    @Test
    @DisplayName("of version 1 opens for ever")
    void stored() throws IOException {
        stored("engine.p12");
        assertThat(new EngineKeyStore(data).load()).contains(STORED);
    }

    private void stored(String name) throws IOException {
        for (String file : List.of(name, "engine.p12.password")) {
            try (InputStream in = EngineKeyStoreTest.class.getResourceAsStream("/golden/key-store-v1/" + file)) {
                Files.copy(in, data.resolve(file.equals(name) ? "engine.p12" : file));
            }
        }
    }

    /// Made the stored key store and its damaged copies.
    static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        new EngineKeyStore(folder).save(STORED);
        byte[] good = Files.readAllBytes(folder.resolve("engine.p12"));
        Files.write(folder.resolve("damaged-cut.p12"), Arrays.copyOf(good, good.length - 100));
        good[good.length / 2] ^= 1;
        Files.write(folder.resolve("damaged-bit.p12"), good);
        KeyStore empty = KeyStore.getInstance("PKCS12");
        char[] password =
                Files.readString(folder.resolve("engine.p12.password")).strip().toCharArray();
        empty.load(null, password);
        try (OutputStream out = Files.newOutputStream(folder.resolve("damaged-other-entries.p12"))) {
            empty.store(out, password);
        }
    }

    @Test
    @DisplayName("is empty before the first start")
    void empty() throws IOException {
        assertThat(new EngineKeyStore(data).load()).isEmpty();
    }

    @Test
    @DisplayName("says so when it is damaged")
    void damaged() throws IOException {
        new EngineKeyStore(data).save(new EngineSetup("/v", VaultKey.draw(Entropy.system()), Map.of()));
        Files.writeString(data.resolve("engine.p12.password"), "another");

        assertThatThrownBy(() -> new EngineKeyStore(data).load()).isInstanceOf(IOException.class);
    }
}

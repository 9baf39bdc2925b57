package dev.breakwater.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.key.VaultKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The engine's key store")
class EngineKeyStoreTest {

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

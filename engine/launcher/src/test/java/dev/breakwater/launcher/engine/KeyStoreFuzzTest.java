package dev.breakwater.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.testkit.fuzz.Fuzz;
import dev.breakwater.vault.key.VaultKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The engine's key store from a hostile file")
class KeyStoreFuzzTest {

    /// PKCS #12 derives its keys by thousands of rounds, so a case takes some milliseconds; the memory is what Java's
    /// own reader takes.
    private static final int CASES = 150;

    private static final long MEMORY = 64 << 20;

    @TempDir
    Path data;

    @Test
    @DisplayName("is refused, or gives the setup that was kept")
    void damaged() throws IOException {
        EngineSetup setup = new EngineSetup(
                "/v", VaultKey.of(new byte[VaultKey.KEY_BYTES]), Map.of("AZURE_STORAGE_SAS_TOKEN", "sv=1"));
        EngineKeyStore store = new EngineKeyStore(data);
        store.save(setup);
        Path file = data.resolve("engine.p12");
        Fuzz.of("engine-key-store")
                .good(Files.readAllBytes(file))
                .usually(CASES)
                .within(MEMORY)
                .refusesWith(IOException.class)
                .run(input -> {
                    Files.write(file, input);
                    EngineSetup read = store.load().orElseThrow();
                    assertThat(read.vaultLocation()).isEqualTo("/v");
                    assertThat(read.vaultKey()).isEqualTo(setup.vaultKey());
                });
    }
}

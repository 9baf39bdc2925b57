package dev.breakwater.vault.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.Seed;
import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hostile object of a rotation")
class RotationFuzzTest {

    @Test
    @DisplayName("is refused, or written again as it was read, and opens nothing")
    void objects() throws IOException {
        Entropy entropy = Seed.orUsual(44).entropy();
        VaultId vault = new VaultId(new UUID(1, 2));
        RecoveryKey recoveryKey = RecoveryKey.draw(entropy);
        VaultKey older = VaultKey.draw(entropy);
        Rotation good =
                Rotation.after(VaultKeys.of(older), ByteBuffer.allocate(0), recoveryKey, vault, Instant.EPOCH, entropy);
        Fuzz.of("rotation")
                .good(StandardCharsets.UTF_8.decode(good.toJson()).toString())
                .words("null", "{}", "[]", "[null]", "-1", "1e400", "\"\"", "9223372036854775808", "+1000000000-12-31")
                .refusesWith(IOException.class)
                .run(input -> {
                    Rotation read = Rotation.parse(ByteBuffer.wrap(input), 2);
                    assertThat(Rotation.parse(read.toJson(), 2)).isEqualTo(read);
                    assertThat(read.isAuthorizedBy(older, vault)).isEqualTo(read.equals(good));
                    VaultKey key = read.unwrap(recoveryKey, vault);
                    assertThat(read.keys(key, vault).first()).isEqualTo(older);
                });
    }
}

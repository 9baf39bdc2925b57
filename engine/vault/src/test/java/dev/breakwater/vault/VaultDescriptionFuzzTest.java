package dev.breakwater.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.VaultId;
import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hostile description of a vault")
class VaultDescriptionFuzzTest {

    private final String good = StandardCharsets.UTF_8
            .decode(new VaultDescription(new VaultId(new UUID(1, 2)), Instant.EPOCH, "AAAA", "BBBB").toJson())
            .toString();

    @Test
    @DisplayName("is refused, or written again as it was read")
    void descriptions() throws IOException {
        Fuzz.of("vault-description")
                .good(good)
                .words(
                        "null",
                        "{}",
                        "[]",
                        "-1",
                        "2",
                        "1e400",
                        "\"\"",
                        "9223372036854775808",
                        "+1000000000-12-31T23:59:59Z")
                .refusesWith(VaultException.class)
                .run(input -> {
                    VaultDescription read = VaultDescription.parse(ByteBuffer.wrap(input));
                    read.wrappedKeyBytes();
                    read.keyCheckBytes();
                    assertThat(VaultDescription.parse(read.toJson())).isEqualTo(read);
                });
    }

    @Test
    @DisplayName("of a version that is not known yet is refused, and what to do is said")
    void newer() {
        String newer = good.replaceFirst("\"version\" : 1", "\"version\" : 2");
        assertThat(newer).isNotEqualTo(good);
        assertThatThrownBy(() -> VaultDescription.parse(ByteBuffer.wrap(newer.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.kind()).isEqualTo(VaultException.Kind.NEWER_FORMAT))
                .hasMessageContaining("Use a newer Breakwater");
    }
}

package dev.breakwater.vault.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.framecodec.WriteAttempt;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.Seed;
import dev.breakwater.testkit.fuzz.Fuzz;
import dev.breakwater.vault.key.VaultKey;
import dev.breakwater.vault.key.VaultKeys;
import dev.breakwater.vault.log.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hostile document of the catalog")
class CatalogFuzzTest {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /// One for all tests: the cipher refuses a key and nonce that it has seen.
    private static final Entropy ENTROPY = Seed.orUsual(43).entropy();

    private final VaultId vault = new VaultId(ENTROPY.uuid());
    private final VaultKey key = VaultKey.draw(ENTROPY);
    private final MemoryStore store = new MemoryStore();
    private final Catalog catalog =
            new Catalog(store, vault, VaultKeys.of(key), ENTROPY, InstantSource.fixed(Instant.EPOCH));
    private final CatalogSeal seal = new CatalogSeal(vault, VaultKeys.of(key), ENTROPY);
    private final String name = CatalogSeal.version(seal.folder(Catalog.POLICIES, "default"), 1);

    private void put() throws IOException {
        catalog.put(Catalog.POLICIES, "default", CatalogPolicy.of(ReplicationPolicy.DEFAULT));
    }

    private void read() throws IOException {
        catalog.get(Catalog.POLICIES, "default", CatalogPolicy.class);
        // Damage costs that document at most, and is named.
        int listed = catalog.list(Catalog.POLICIES, CatalogPolicy.class).size();
        assertThat(listed).isLessThanOrEqualTo(1);
        catalog.check(fault -> assertThat(fault.objectName()).isEqualTo(name));
    }

    @Test
    @DisplayName("is refused or understood, also if it is sealed as it should be")
    void contents() throws IOException {
        put();
        ByteBuffer sealed = ByteBuffer.wrap(store.objects().get(name));
        String good = JSON.writeValueAsString(seal.open(seal.folder(Catalog.POLICIES, "default"), 1, sealed, JSON));
        Fuzz.of("catalog-document")
                .good(good)
                .words("null", "{}", "[]", "[null]", "-1", "1e400", "\"\"", "9223372036854775808", "\"kind\":null")
                .refusesWith(CatalogException.class)
                .run(input -> {
                    if (input.length == 0) {
                        // No frame is of nothing; the sealer refuses it.
                        return;
                    }
                    FrameSealer sealer = new FrameSealer(
                            key.catalogKey(vault),
                            seal.owner(seal.folder(Catalog.POLICIES, "default")),
                            WriteAttempt.draw(ENTROPY));
                    ByteBuffer frame = ByteBuffer.allocate(sealer.maxFrameLength(input.length));
                    sealer.seal(ByteBuffer.wrap(input), frame);
                    store.objects().clear();
                    store.putIfAbsent(name, List.of(frame.flip()));
                    read();
                });
    }

    @Test
    @DisplayName("is refused however its object is damaged")
    void objects() throws IOException {
        put();
        Fuzz.of("catalog-object")
                .good(store.objects().get(name).clone())
                .refusesWith(CatalogException.class)
                .run(input -> {
                    store.objects().put(name, input);
                    read();
                });
    }
}

package dev.breakwater.vault.blob.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import dev.breakwater.testkit.Azurite;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.ObjectStoreContract;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.blob.StoreCredentials;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.blob.VaultLocation;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A container of Azure Blob Storage (a real Azurite) as object store")
class AzureBlobStoreTest extends ObjectStoreContract {

    private static Azurite azurite;

    private static final AtomicInteger openings = new AtomicInteger();

    private final VaultLocation.Azure location =
            new VaultLocation.Azure(Azurite.ACCOUNT, "contract-" + UUID.randomUUID());

    @BeforeAll
    static void startAzurite() {
        try {
            azurite = Azurite.shared();
        } catch (IllegalStateException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    private static StoreCredentials credentials() {
        return new StoreCredentials.ConnectionString(azurite.connectionString());
    }

    @Override
    protected ObjectStore open() throws StoreException {
        return AzureBlobStore.create(
                location,
                credentials(),
                Seed.orUsual(5).part(openings.incrementAndGet()).entropy());
    }

    @Test
    @DisplayName("refuses a container that is not there, a wrong key and no credentials, and never shows the key")
    void refusals() {
        VaultLocation.Azure missing = new VaultLocation.Azure(Azurite.ACCOUNT, "missing-container");
        String wrongKey = azurite.connectionString().replace("AccountKey=Eby8", "AccountKey=Fby8");
        String otherAccount = azurite.connectionString().replace("AccountName=" + Azurite.ACCOUNT, "AccountName=other");
        List<StoreException> refusals = new ArrayList<>();
        refusals.add(refusal(missing, credentials()));
        refusals.add(refusal(location, new StoreCredentials.ConnectionString(wrongKey)));
        refusals.add(refusal(location, new StoreCredentials.ConnectionString(otherAccount)));
        refusals.add(refusal(location, new StoreCredentials.ConnectionString("AccountKey=abc;nonsense")));
        refusals.add(refusal(location, new StoreCredentials.None()));
        for (StoreException refusal : refusals) {
            assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(StoreException.Kind.REFUSED);
            assertThat(refusal.toString()).doesNotContain("by8vdM02xNOc").doesNotContain("AccountKey");
        }
    }

    private static StoreException refusal(VaultLocation.Azure where, StoreCredentials credentials) {
        try (ObjectStore store =
                AzureBlobStore.open(where, credentials, Seed.orUsual(5).entropy())) {
            throw new AssertionError("opened " + store);
        } catch (StoreException e) {
            return e;
        }
    }

    @Test
    @DisplayName("says that nobody answers when nobody listens, within the tries it has")
    void nobodyListens() {
        String nowhere = azurite.connectionString().replace(":" + azurite.port() + "/", ":1/");
        assertThatThrownBy(() -> AzureBlobStore.open(
                        location,
                        new StoreCredentials.ConnectionString(nowhere),
                        Seed.orUsual(5).entropy()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE))
                .hasMessageContaining("no answer");
    }

    @Test
    @DisplayName("knows its own blob again when the answer to the put was lost")
    void ownBlobIsKnown() throws Exception {
        try (LosingProxy proxy = LosingProxy.start(azurite.port())) {
            String through = azurite.connectionString().replace(":" + azurite.port() + "/", ":" + proxy.port() + "/");
            open().close();
            try (ObjectStore store = AzureBlobStore.open(
                    location,
                    new StoreCredentials.ConnectionString(through),
                    Seed.orUsual(6).entropy())) {
                proxy.loseNextPutAnswer();
                assertThat(store.putIfAbsent("lost/x", List.of(ByteBuffer.wrap(new byte[100]))))
                        .isEqualTo(PutOutcome.CREATED);
                assertThat(proxy.answersLost()).isEqualTo(1);
                assertThat(store.putIfAbsent("lost/x", List.of(ByteBuffer.wrap(new byte[100]))))
                        .isEqualTo(PutOutcome.EXISTS);
            }
        }
    }

    @Test
    @DisplayName("works with a shared access signature for the container alone")
    void sharedAccessSignature() throws Exception {
        open().close();
        String signature = AzureContainer.client(location, credentials())
                .generateSas(new BlobServiceSasSignatureValues(
                        OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(10),
                        BlobContainerSasPermission.parse("racwdl")));
        StoreCredentials limited = new StoreCredentials.ConnectionString("BlobEndpoint=http://127.0.0.1:"
                + azurite.port() + "/" + Azurite.ACCOUNT + ";SharedAccessSignature=" + signature);
        try (ObjectStore store =
                AzureBlobStore.create(location, limited, Seed.orUsual(8).entropy())) {
            ByteBuffer content = ByteBuffer.wrap(Seed.orUsual(8).entropy().bytes(9 << 20));
            assertThat(store.putIfAbsent("sas/x", List.of(content))).isEqualTo(PutOutcome.CREATED);
            assertThat(store.get("sas/x")).isEqualTo(content);
            assertThat(store.list("sas/", "", 10)).hasSize(1);
            assertThat(store.delete("sas/x")).isTrue();
        }
    }
}

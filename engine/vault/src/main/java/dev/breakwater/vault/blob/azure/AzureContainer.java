package dev.breakwater.vault.blob.azure;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import dev.breakwater.vault.blob.StoreCredentials;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.blob.VaultLocation;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Makes the client of a container: which endpoint, whose credentials, how often and how long a request is tried.
final class AzureContainer {

    /// Pinned, so that an update of the library never changes what we say to Azure; emulators know it too.
    private static final BlobServiceVersion VERSION = BlobServiceVersion.V2026_06_06;

    /// Tries of one request: over about three seconds of waiting a single fault is over, and a longer one is the
    /// caller's to wait out.
    private static final int TRIES = 4;

    /// Longest try. The largest request carries 8 MiB, so a line of 1.1 Mbit/s is still enough.
    private static final Duration TRY_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration MAX_DELAY = Duration.ofSeconds(4);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// The account that Azurite and Microsoft's older emulator have.
    private static final String EMULATOR_ACCOUNT = "devstoreaccount1";

    private AzureContainer() {}

    static BlobContainerClient client(VaultLocation.Azure location, StoreCredentials credentials)
            throws StoreException {
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder()
                .serviceVersion(VERSION)
                .httpClient(new JdkHttpClientBuilder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .build())
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL, TRIES, TRY_TIMEOUT, FIRST_DELAY, MAX_DELAY, null));
        switch (credentials) {
            case StoreCredentials.ConnectionString connection -> {
                requireAccount(location, connection.text());
                try {
                    builder.connectionString(connection.text());
                } catch (IllegalArgumentException e) {
                    // The library's message may repeat the string, which is a secret.
                    throw refused(location, "the connection string cannot be read");
                }
            }
            case StoreCredentials.SasToken sas ->
                builder.endpoint("https://" + location.account() + ".blob.core.windows.net")
                        .sasToken(sas.token());
            case StoreCredentials.None none ->
                throw refused(
                        location,
                        "there are no credentials; set " + StoreCredentials.CONNECTION_STRING_VARIABLE + " or "
                                + StoreCredentials.SAS_TOKEN_VARIABLE);
        }
        return builder.buildClient().getBlobContainerClient(location.container());
    }

    private static void requireAccount(VaultLocation.Azure location, String connection) throws StoreException {
        Optional<String> account = Arrays.stream(connection.split(";", -1))
                .map(String::strip)
                .filter(part -> part.startsWith("AccountName="))
                .map(part -> part.substring("AccountName=".length()))
                .findFirst();
        String named = connection.contains("UseDevelopmentStorage=true") ? EMULATOR_ACCOUNT : account.orElse("");
        if (!named.isEmpty() && !named.equals(location.account())) {
            throw refused(location, "the connection string is for the storage account \"" + named + "\"");
        }
    }

    private static StoreException refused(VaultLocation.Azure location, String why) {
        return new StoreException(
                StoreException.Kind.REFUSED, "The vault at " + location + " cannot be opened: " + why + ".");
    }
}

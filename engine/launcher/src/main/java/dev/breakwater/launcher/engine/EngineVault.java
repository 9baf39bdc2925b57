package dev.breakwater.launcher.engine;

import dev.breakwater.launcher.vault.OpenVault;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.ObjectStores;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.VaultException;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreCredentials;
import dev.breakwater.vault.blob.VaultLocation;
import dev.breakwater.vault.key.RecoveryKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An engine's vault: opened with the recovery key at the first start and after a rotation, else with the kept key.
record EngineVault(Vault vault, String location, Map<String, String> credentials) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineVault.class);

    EngineVault {
        credentials = Map.copyOf(credentials);
    }

    static EngineVault open(EnginePlan plan) throws IOException {
        EngineKeyStore keys = new EngineKeyStore(plan.data());
        Optional<EngineSetup> kept = keys.load();
        if (kept.isPresent()) {
            EngineSetup setup = kept.get().withCredentials(fromEnvironment());
            requireSame(plan, setup);
            return reopen(keys, setup, plan.recoveryKeyFile());
        }
        if (plan.vaultLocation() == null || plan.recoveryKeyFile() == null) {
            throw new IOException("The engine has no vault yet: " + plan.data() + " keeps no key. Give --vault and"
                    + " --recovery-key-file at the first start.");
        }
        String location = VaultLocation.parse(plan.vaultLocation()).toString();
        return open(keys, location, fromEnvironment(), plan.recoveryKeyFile());
    }

    /// After a rotation the kept key is worthless; the new recovery key leads to the one to keep.
    private static EngineVault reopen(EngineKeyStore keys, EngineSetup setup, @Nullable Path recoveryKeyFile)
            throws IOException {
        try {
            return open(setup);
        } catch (VaultException e) {
            if (e.kind() != VaultException.Kind.KEY_REPLACED || recoveryKeyFile == null) {
                throw e;
            }
            EngineVault opened = open(keys, setup.vaultLocation(), setup.storeCredentials(), recoveryKeyFile);
            LOG.info("The vault's keys were rotated; what is written from now on is sealed with the new ones.");
            return opened;
        }
    }

    private static EngineVault open(
            EngineKeyStore keys, String location, Map<String, String> credentials, Path recoveryKeyFile)
            throws IOException {
        RecoveryKey recoveryKey = OpenVault.readRecoveryKey(recoveryKeyFile);
        ObjectStore store = store(location, credentials);
        try {
            Vault vault = Vault.open(store, recoveryKey, Entropy.system(), InstantSource.system());
            keys.save(new EngineSetup(location, vault.key(), credentials));
            return new EngineVault(vault, location, credentials);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static EngineVault open(EngineSetup setup) throws IOException {
        ObjectStore store = store(setup.vaultLocation(), setup.storeCredentials());
        try {
            Vault vault = Vault.open(store, setup.vaultKey(), Entropy.system(), InstantSource.system());
            return new EngineVault(vault, setup.vaultLocation(), setup.storeCredentials());
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /// A store of the vault's location.
    static ObjectStore store(String location, Map<String, String> credentials) throws IOException {
        return ObjectStores.open(VaultLocation.parse(location), StoreCredentials.of(credentials), Entropy.system());
    }

    private static void requireSame(EnginePlan plan, EngineSetup setup) throws IOException {
        if (plan.vaultLocation() != null
                && !VaultLocation.parse(plan.vaultLocation()).toString().equals(setup.vaultLocation())) {
            throw new IOException("This engine's vault is " + setup.vaultLocation() + ", but --vault names "
                    + plan.vaultLocation() + ". It was not started. Leave --vault out, or use another --data.");
        }
    }

    private static Map<String, String> fromEnvironment() {
        Map<String, String> found = new HashMap<>();
        for (String name :
                new String[] {StoreCredentials.CONNECTION_STRING_VARIABLE, StoreCredentials.SAS_TOKEN_VARIABLE}) {
            String value = System.getenv(name);
            if (value != null && !value.isBlank()) {
                found.put(name, value);
            }
        }
        return found;
    }

    /// The credentials as they are told to process servers; null for a folder.
    @Nullable
    String credentialText() {
        String connection = credentials.get(StoreCredentials.CONNECTION_STRING_VARIABLE);
        return connection != null ? connection : credentials.get(StoreCredentials.SAS_TOKEN_VARIABLE);
    }

    @Override
    public void close() {
        vault.close();
    }

    @Override
    public String toString() {
        return "EngineVault[" + location + "]";
    }
}

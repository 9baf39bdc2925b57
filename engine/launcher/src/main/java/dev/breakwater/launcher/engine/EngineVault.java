package dev.breakwater.launcher.engine;

import dev.breakwater.launcher.vault.OpenVault;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.ObjectStores;
import dev.breakwater.vault.Vault;
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

/// An engine's vault: opened with the recovery key at the first start, with the kept key after.
record EngineVault(Vault vault, String location, Map<String, String> credentials) implements AutoCloseable {

    EngineVault {
        credentials = Map.copyOf(credentials);
    }

    static EngineVault open(EnginePlan plan) throws IOException {
        EngineKeyStore keys = new EngineKeyStore(plan.data());
        Optional<EngineSetup> kept = keys.load();
        if (kept.isPresent()) {
            EngineSetup setup = kept.get().withCredentials(fromEnvironment());
            requireSame(plan, setup);
            return open(setup);
        }
        if (plan.vaultLocation() == null || plan.recoveryKeyFile() == null) {
            throw new IOException("The engine has no vault yet: " + plan.data() + " keeps no key. Give --vault and"
                    + " --recovery-key-file at the first start.");
        }
        return first(keys, plan.vaultLocation(), plan.recoveryKeyFile());
    }

    private static EngineVault first(EngineKeyStore keys, String given, Path recoveryKeyFile) throws IOException {
        String location = VaultLocation.parse(given).toString();
        RecoveryKey recoveryKey = OpenVault.readRecoveryKey(recoveryKeyFile);
        ObjectStore store = store(location, fromEnvironment());
        try {
            Vault vault = Vault.open(store, recoveryKey, Entropy.system(), InstantSource.system());
            EngineSetup setup = new EngineSetup(location, vault.key(), fromEnvironment());
            keys.save(setup);
            return new EngineVault(vault, location, setup.storeCredentials());
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
    @org.jspecify.annotations.Nullable
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

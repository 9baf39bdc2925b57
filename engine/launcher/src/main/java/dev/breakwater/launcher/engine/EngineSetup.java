package dev.breakwater.launcher.engine;

import dev.breakwater.vault.key.VaultKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an engine was told at its first start and keeps.
///
/// @param vaultLocation where its vault lies
/// @param vaultKey the vault's key
/// @param storeCredentials what opens the store, as environment variables; empty for a folder
record EngineSetup(String vaultLocation, VaultKey vaultKey, Map<String, String> storeCredentials) {

    EngineSetup {
        storeCredentials = Map.copyOf(storeCredentials);
    }

    /// The same with other credentials, if any are given.
    EngineSetup withCredentials(@Nullable Map<String, String> given) {
        return given == null || given.isEmpty() ? this : new EngineSetup(vaultLocation, vaultKey, given);
    }

    @Override
    public String toString() {
        return "EngineSetup[" + vaultLocation + "]";
    }
}

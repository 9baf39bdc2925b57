package dev.breakwater.vault.log;

import dev.breakwater.model.MachineId;
import dev.breakwater.model.VaultId;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.key.MachineKeys;

/// What it takes to open one machine's part of a vault.
///
/// @param store where the objects are; stays open, and the caller's
/// @param vault the vault's identity, which every frame is bound to
/// @param keys the machine's
public record MachineVault(ObjectStore store, VaultId vault, MachineKeys keys) {

    /// Whose part of the vault it is.
    public MachineId machine() {
        return keys.machine();
    }
}

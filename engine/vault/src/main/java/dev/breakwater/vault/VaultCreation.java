package dev.breakwater.vault;

import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.key.RecoveryKey;
import dev.breakwater.vault.key.VaultKey;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/// What creating a vault gave.
///
/// @param id the vault's identity
/// @param recoveryKey the only copy of the key; whoever holds it and the vault can read everything
/// @param vaultKey the vault's key, for the key store of the engine that made the vault
public record VaultCreation(VaultId id, RecoveryKey recoveryKey, VaultKey vaultKey) {

    /// Makes a vault in a store that holds none. The recovery key exists nowhere else when this returns.
    ///
    /// @throws VaultException of kind `EXISTS` if there is a vault
    /// @throws StoreException if the store fails; a vault may have been made whose key nobody has: use another
    ///     location, or delete the object `vault` there
    public static VaultCreation create(ObjectStore store, Entropy entropy, InstantSource clock) throws IOException {
        VaultId id = new VaultId(entropy.uuid());
        Instant created = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        RecoveryKey recoveryKey = RecoveryKey.draw(entropy);
        VaultKey vaultKey = VaultKey.draw(entropy);
        byte[] wrapped = recoveryKey.wrap(vaultKey, VaultDescription.binding(id, created), entropy);
        VaultDescription description = new VaultDescription(id, created, encode(wrapped), encode(vaultKey.check(id)));
        PutOutcome outcome = store.putIfAbsent(VaultDescription.OBJECT, List.of(description.toJson()));
        if (outcome == PutOutcome.EXISTS) {
            throw new VaultException(
                    VaultException.Kind.EXISTS,
                    "There is a vault at " + store
                            + " already; it was left as it is. Choose another location, or open it"
                            + " with its recovery key.");
        }
        return new VaultCreation(id, recoveryKey, vaultKey);
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Never the secrets.
    @Override
    public String toString() {
        return "VaultCreation(" + id + ")";
    }
}

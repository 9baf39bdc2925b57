package dev.breakwater.vault;

import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.key.RecoveryKey;
import dev.breakwater.vault.key.Rotation;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Gives a vault a new recovery key and a new vault key. The one put of [#commit] is all that happens to the vault:
/// before it the old recovery key opens it and the new one does not, after it the other way round.
public final class KeyRotation {

    private final ObjectStore store;
    private final RecoveryKey recoveryKey;
    private final Rotation rotation;

    private KeyRotation(ObjectStore store, RecoveryKey recoveryKey, Rotation rotation) {
        this.store = store;
        this.recoveryKey = recoveryKey;
        this.rotation = rotation;
    }

    /// Draws the keys. Nothing of it is in the vault yet.
    ///
    /// @param vault opened with its newest recovery key
    /// @throws IllegalArgumentException if it was rotated as often as it can be
    /// @throws IOException if the store cannot be read
    public static KeyRotation of(Vault vault, Entropy entropy, InstantSource clock) throws IOException {
        String previous = vault.epoch() == 1 ? VaultDescription.OBJECT : Rotation.objectName(vault.epoch());
        RecoveryKey recoveryKey = RecoveryKey.draw(entropy);
        return new KeyRotation(
                vault.store(),
                recoveryKey,
                Rotation.after(
                        vault.keys(),
                        vault.store().get(previous),
                        recoveryKey,
                        vault.id(),
                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                        entropy));
    }

    /// The new recovery key. It must be on a disk before [#commit]: nothing else opens the vault then.
    public RecoveryKey recoveryKey() {
        return recoveryKey;
    }

    /// The epoch that begins.
    public int epoch() {
        return rotation.epoch();
    }

    /// Rotates.
    ///
    /// @throws VaultException if somebody else rotated meanwhile; the new recovery key is then worthless
    /// @throws StoreException if the store fails; it is then unknown which of the two recovery keys opens the
    ///     vault, but exactly one does
    public void commit() throws IOException {
        if (store.putIfAbsent(Rotation.objectName(rotation.epoch()), List.of(rotation.toJson())) == PutOutcome.EXISTS) {
            throw new VaultException(
                    VaultException.Kind.KEY_REPLACED,
                    "Somebody else rotated the keys of the vault at " + store
                            + " at the same time, so nothing was done here and the recovery key drawn here opens"
                            + " nothing. Use theirs.");
        }
    }

    /// Never the secrets.
    @Override
    public String toString() {
        return "KeyRotation(epoch " + rotation.epoch() + ")";
    }
}

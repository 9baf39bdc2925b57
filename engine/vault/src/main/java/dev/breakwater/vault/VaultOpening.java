package dev.breakwater.vault;

import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.key.RecoveryKey;
import dev.breakwater.vault.key.Rotation;
import dev.breakwater.vault.key.VaultKey;
import dev.breakwater.vault.key.VaultKeys;
import dev.breakwater.vault.key.WrongKeyException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Optional;

/// Finds a vault's keys with the one that somebody has, or says in words why that does not open it. Only the newest
/// epoch's does.
final class VaultOpening {

    private final ObjectStore store;
    private final VaultDescription description;
    private final Rotations rotations;
    private final Optional<Rotation> newest;

    /// Reads what the vault says of its keys.
    ///
    /// @throws VaultException if that is damaged
    VaultOpening(ObjectStore store, VaultDescription description) throws IOException {
        this.store = store;
        this.description = description;
        this.rotations = new Rotations(store, description.id());
        this.newest = rotations.newest();
    }

    /// What the key opens.
    ///
    /// @param key the vault's key in that epoch
    private record Opened(int epoch, VaultKey key) {}

    /// All keys, by the newest recovery key.
    VaultKeys by(RecoveryKey recoveryKey) throws IOException {
        int epoch = newest.map(Rotation::epoch).orElse(1);
        for (int i = epoch; i >= 1; i--) {
            Optional<VaultKey> key = unwrapped(i, recoveryKey);
            if (key.isPresent()) {
                return keys(
                        new Opened(i, key.get()), "This recovery key", "Use the recovery key that was written then.");
            }
        }
        throw new VaultException(
                VaultException.Kind.WRONG_KEY,
                "The recovery key does not open the vault " + description.id() + " at " + store
                        + ": it is another vault's, or the object \"" + VaultDescription.OBJECT
                        + "\" was changed, or an"
                        + " object \"rotations/…\", by which the keys were rotated, was changed or is gone.");
    }

    /// All keys, by the newest vault key.
    VaultKeys by(VaultKey kept) throws IOException {
        int epoch = newest.map(Rotation::epoch).orElse(1);
        for (int i = epoch; i >= 1; i--) {
            if (isKey(i, kept)) {
                return keys(
                        new Opened(i, kept),
                        "The key that this engine keeps",
                        "Start the engine once with --recovery-key-file and the recovery key that was written then.");
            }
        }
        throw new VaultException(
                VaultException.Kind.WRONG_KEY,
                "The vault " + description.id() + " at " + store + " has another key than this engine keeps: it was"
                        + " made anew or exchanged, or rolled back to before its keys were rotated. Check the vault's"
                        + " location, and whether an object \"rotations/…\" is gone.");
    }

    private Optional<VaultKey> unwrapped(int epoch, RecoveryKey recoveryKey) throws IOException {
        try {
            if (epoch == 1) {
                return Optional.of(recoveryKey.unwrap(description.wrappedKeyBytes(), description.binding()));
            }
            Optional<Rotation> rotation = rotation(epoch);
            return rotation.isEmpty()
                    ? Optional.empty()
                    : Optional.of(rotation.get().unwrap(recoveryKey, description.id()));
        } catch (WrongKeyException e) {
            return Optional.empty();
        }
    }

    private boolean isKey(int epoch, VaultKey key) throws IOException {
        if (epoch == 1) {
            return MessageDigest.isEqual(key.check(description.id()), description.keyCheckBytes());
        }
        Optional<Rotation> rotation = rotation(epoch);
        return rotation.isPresent() && rotation.get().isKey(key, description.id());
    }

    private Optional<Rotation> rotation(int epoch) throws IOException {
        return newest.isPresent() && newest.get().epoch() == epoch ? newest : rotations.older(epoch);
    }

    private VaultKeys keys(Opened opened, String what, String todo) throws IOException {
        if (newest.isEmpty()) {
            return VaultKeys.of(opened.key());
        }
        Rotation rotation = newest.get();
        if (opened.epoch() < rotation.epoch()) {
            throw replaced(opened, rotation, what, todo);
        }
        try {
            return rotation.keys(opened.key(), description.id());
        } catch (WrongKeyException e) {
            throw rotations.damaged(rotation.epoch(), "its older keys cannot be unwrapped", e);
        }
    }

    private VaultException replaced(Opened opened, Rotation rotation, String what, String todo) throws IOException {
        boolean next = opened.epoch() == rotation.epoch() - 1;
        if (next && !rotation.isAuthorizedBy(opened.key(), description.id())) {
            return rotations.damaged(
                    rotation.epoch(), "it was changed, or made by somebody who did not have the key before it", null);
        }
        return new VaultException(
                VaultException.Kind.KEY_REPLACED,
                what + " was replaced when the keys of the vault " + description.id() + " at " + store
                        + " were rotated (epoch " + rotation.epoch() + ", " + rotation.created()
                        + "), so the vault was not opened. " + todo);
    }
}

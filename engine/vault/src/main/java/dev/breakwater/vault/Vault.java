package dev.breakwater.vault;

import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.catalog.Catalog;
import dev.breakwater.vault.key.KeyRing;
import dev.breakwater.vault.key.RecoveryKey;
import dev.breakwater.vault.key.Rotation;
import dev.breakwater.vault.key.VaultKey;
import dev.breakwater.vault.key.VaultKeys;
import dev.breakwater.vault.pin.Pins;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// A vault that was opened with its recovery key or its vault key. Safe for several threads; several computers
/// may have the same vault open.
public final class Vault implements AutoCloseable {

    private final ObjectStore store;
    private final VaultDescription description;
    private final VaultKeys keys;
    private final Entropy entropy;
    private final InstantSource clock;

    private Vault(
            ObjectStore store, VaultDescription description, VaultKeys keys, Entropy entropy, InstantSource clock) {
        this.store = store;
        this.description = description;
        this.keys = keys;
        this.entropy = entropy;
        this.clock = clock;
    }

    /// Opens a vault with the key that its administrator keeps. The vault closes the store when it is closed;
    /// if opening fails the store stays open.
    ///
    /// @throws VaultException if there is no vault, it cannot be read, or another recovery key opens it
    /// @throws StoreException if the store fails
    public static Vault open(ObjectStore store, RecoveryKey recoveryKey, Entropy entropy, InstantSource clock)
            throws IOException {
        VaultDescription description = read(store);
        return new Vault(store, description, new VaultOpening(store, description).by(recoveryKey), entropy, clock);
    }

    /// Opens a vault with its own key, as the engine does that keeps it in its key store.
    ///
    /// @throws VaultException if there is no vault, it cannot be read, or it has another key
    /// @throws StoreException if the store fails
    public static Vault open(ObjectStore store, VaultKey key, Entropy entropy, InstantSource clock) throws IOException {
        VaultDescription description = read(store);
        return new Vault(store, description, new VaultOpening(store, description).by(key), entropy, clock);
    }

    private static VaultDescription read(ObjectStore store) throws IOException {
        try {
            return VaultDescription.parse(store.get(VaultDescription.OBJECT));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.NOT_FOUND) {
                throw new VaultException(
                        VaultException.Kind.NO_VAULT,
                        "There is no vault at " + store + ". Check the location, or create a vault there.",
                        e);
            }
            throw e;
        }
    }

    /// What is wrong with the object that describes the vault, though it opened; nothing if it is sound.
    ///
    /// @throws IOException if it cannot be read any more
    public Optional<String> descriptionDamage() throws IOException {
        Optional<Rotation> first = keys.epoch() == 1 ? Optional.empty() : new Rotations(store, id()).older(2);
        if (first.isPresent() && !first.get().follows(store.get(VaultDescription.OBJECT))) {
            return Optional.of("it is not the one that was there when the keys were first rotated");
        }
        if (!description.isWrittenIn(store.get(VaultDescription.OBJECT))) {
            return Optional.of("it says more or less than Breakwater writes there");
        }
        return MessageDigest.isEqual(keys.first().check(description.id()), description.keyCheckBytes())
                ? Optional.empty()
                : Optional.of("its key check is another key's, so that engines will refuse the vault");
    }

    /// The vault's identity.
    public VaultId id() {
        return description.id();
    }

    /// When it was made, by the clock of its maker.
    public Instant created() {
        return description.created();
    }

    /// What is wrong with the objects by which its keys were rotated, though it opened.
    ///
    /// @param faults gets each fault
    /// @throws IOException if they cannot be read
    public void checkRotations(Consumer<RotationFault> faults) throws IOException {
        new Rotations(store, id()).check(keys, faults);
    }

    /// Its newest key, for the key store of the engine.
    public VaultKey key() {
        return keys.newest();
    }

    /// Its keys of all epochs.
    VaultKeys keys() {
        return keys;
    }

    /// The epoch of its keys: 1, and one more with each rotation.
    public int epoch() {
        return keys.epoch();
    }

    /// The objects it consists of.
    public ObjectStore store() {
        return store;
    }

    /// The keys of its machines and disks.
    public KeyRing keyRing() {
        return new KeyRing(store, id(), keys, entropy);
    }

    /// Its sealed documents: what recovery needs to know beside the points.
    public Catalog catalog() {
        return new Catalog(store, id(), keys, entropy, clock);
    }

    /// The points in use.
    public Pins pins() {
        return new Pins(store, entropy, clock);
    }

    /// Closes the store.
    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return "vault " + id() + " at " + store;
    }
}

package dev.breakwater.vault;

import dev.breakwater.model.KeyEpochs;
import dev.breakwater.model.VaultId;
import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectKind;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.key.Rotation;
import dev.breakwater.vault.key.VaultKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The objects by which a vault's keys were rotated.
final class Rotations {

    /// Besides what we write there may be what somebody else put there.
    private static final int LIST_LIMIT = 1_000;

    private final ObjectStore store;
    private final VaultId vault;

    Rotations(ObjectStore store, VaultId vault) {
        this.store = store;
        this.vault = vault;
    }

    /// The newest; nothing if the keys were never rotated.
    ///
    /// @throws VaultException if it is damaged
    Optional<Rotation> newest() throws IOException {
        int epoch = 1;
        for (ObjectInfo object : store.list(ObjectKind.ROTATION.prefix(), "", LIST_LIMIT)) {
            OptionalInt listed = Rotation.epoch(object.name());
            epoch = Math.max(epoch, listed.orElse(1));
        }
        // A listing may be stale at its end, and the older keys must not be taken for the newest.
        while (epoch < KeyEpochs.MAX
                && store.size(Rotation.objectName(epoch + 1)).isPresent()) {
            epoch++;
        }
        return epoch == 1 ? Optional.empty() : Optional.of(read(epoch));
    }

    private Rotation read(int epoch) throws IOException {
        try {
            return parse(epoch);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw damaged(epoch, String.valueOf(e.getMessage()), e);
        }
    }

    private Rotation parse(int epoch) throws IOException {
        return Rotation.parse(store.get(Rotation.objectName(epoch)), epoch);
    }

    /// An older one, if it can be read.
    Optional<Rotation> older(int epoch) throws IOException {
        try {
            return Optional.of(parse(epoch));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    VaultException damaged(int epoch, String why, @Nullable Exception cause) {
        return new VaultException(
                VaultException.Kind.DAMAGED,
                "The object \"" + Rotation.objectName(epoch) + "\", which holds the keys of the vault " + vault + " at "
                        + store + ", cannot be used: " + why + ". Nothing can be opened without it; restore it from a"
                        + " copy of the vault. If nobody rotated the keys then, somebody else put it there: remove it.",
                cause);
    }

    /// Checks all of them.
    ///
    /// @param keys those of the newest
    void check(VaultKeys keys, Consumer<RotationFault> faults) throws IOException {
        for (ObjectInfo object : store.list(ObjectKind.ROTATION.prefix(), "", LIST_LIMIT)) {
            if (Rotation.epoch(object.name()).isEmpty()) {
                faults.accept(new RotationFault(RotationFault.Kind.STRANGE, object.name(), ""));
            }
        }
        for (int epoch = 2; epoch <= keys.epoch(); epoch++) {
            check(epoch, keys, faults);
        }
    }

    private boolean isFollowed(int epoch, ByteBuffer object) throws IOException {
        Optional<Rotation> next = older(epoch + 1);
        return next.isEmpty() || next.get().follows(object);
    }

    private void check(int epoch, VaultKeys keys, Consumer<RotationFault> faults) throws IOException {
        String name = Rotation.objectName(epoch);
        try {
            Rotation rotation = parse(epoch);
            Optional<String> flaw = Optional.empty();
            if (!rotation.isWrittenIn(store.get(name))) {
                flaw = Optional.of("it says more or less than Breakwater writes there");
            } else if (!rotation.isKey(keys.epochs().get(epoch - 1), vault)) {
                flaw = Optional.of("its key check is another key's, so that engines will refuse the vault");
            } else if (epoch < keys.epoch() && !isFollowed(epoch, store.get(name))) {
                flaw = Optional.of("it is not the one that was there at the next rotation");
            } else if (!rotation.isAuthorizedBy(keys.epochs().get(epoch - 2), vault)) {
                flaw = Optional.of("it was changed, or made by somebody who did not have the key before it");
            }
            flaw.ifPresent(why -> faults.accept(new RotationFault(RotationFault.Kind.DAMAGED, name, why)));
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.NOT_FOUND) {
                throw e;
            }
            faults.accept(new RotationFault(RotationFault.Kind.MISSING, name, "it is not there"));
        } catch (IOException e) {
            faults.accept(new RotationFault(RotationFault.Kind.DAMAGED, name, String.valueOf(e.getMessage())));
        }
    }
}

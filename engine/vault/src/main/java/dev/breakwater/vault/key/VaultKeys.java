package dev.breakwater.vault.key;

import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.model.KeyEpochs;
import dev.breakwater.model.VaultId;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// The keys of a vault, one for each epoch. An epoch begins with a rotation; what is written is sealed with the newest.
///
/// @param epochs oldest first, at least one
public record VaultKeys(List<VaultKey> epochs) {

    public VaultKeys {
        epochs = List.copyOf(epochs);
        if (epochs.isEmpty() || epochs.size() > KeyEpochs.MAX) {
            throw new IllegalArgumentException("A vault has 1 to " + KeyEpochs.MAX + " keys.");
        }
    }

    /// The key of a vault that was never rotated.
    public static VaultKeys of(VaultKey key) {
        return new VaultKeys(List.of(key));
    }

    /// What the vault was made with. Hides the names of documents, which must stay as they are.
    public VaultKey first() {
        return epochs.getFirst();
    }

    /// What an engine keeps.
    public VaultKey newest() {
        return epochs.getLast();
    }

    /// The epoch of the newest, 1 if the keys were never rotated.
    public int epoch() {
        return epochs.size();
    }

    /// What the catalog's documents are sealed with.
    public FrameKey catalogKey(VaultId vault) {
        ByteArrayOutputStream secrets = new ByteArrayOutputStream();
        epochs.forEach(key -> secrets.writeBytes(key.catalogKey(vault).toBytes()));
        return FrameKey.of(secrets.toByteArray());
    }

    /// The key of a machine or disk.
    ///
    /// @param first its secret of the first epoch; who has a later vault key and this has the later secret
    FrameKey ownersKey(VaultId vault, byte[] first) {
        ByteArrayOutputStream secrets = new ByteArrayOutputStream();
        secrets.writeBytes(first);
        epochs.stream().skip(1).forEach(key -> secrets.writeBytes(key.epochSecret(vault, first)));
        return FrameKey.of(secrets.toByteArray());
    }

    /// Never the secrets.
    @Override
    public String toString() {
        return "VaultKeys(" + epochs.size() + " secrets)";
    }
}

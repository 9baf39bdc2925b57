package dev.breakwater.vault;

import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.FolderStore;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreCredentials;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.blob.VaultLocation;
import dev.breakwater.vault.blob.azure.AzureBlobStore;

/// Opens the object store at a vault's location, whatever kind it is.
public final class ObjectStores {

    private ObjectStores() {}

    /// The store at a location that exists.
    ///
    /// @throws StoreException if it does not exist, refuses the credentials, or does not answer
    public static ObjectStore open(VaultLocation location, StoreCredentials credentials, Entropy entropy)
            throws StoreException {
        return switch (location) {
            case VaultLocation.Folder folder -> FolderStore.open(folder.path(), entropy);
            case VaultLocation.Azure azure -> AzureBlobStore.open(azure, credentials, entropy);
        };
    }

    /// The store at a location; the folder or container is made if there is none.
    ///
    /// @throws StoreException if it cannot be made, the store refuses the credentials, or does not answer
    public static ObjectStore create(VaultLocation location, StoreCredentials credentials, Entropy entropy)
            throws StoreException {
        return switch (location) {
            case VaultLocation.Folder folder -> FolderStore.create(folder.path(), entropy);
            case VaultLocation.Azure azure -> AzureBlobStore.create(azure, credentials, entropy);
        };
    }
}

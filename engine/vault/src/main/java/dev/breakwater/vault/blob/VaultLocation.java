package dev.breakwater.vault.blob;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where a vault lies.
public sealed interface VaultLocation {

    /// A folder of this computer, or of a share that it has mounted.
    ///
    /// @param path absolute
    record Folder(Path path) implements VaultLocation {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /// A container of an Azure storage account.
    ///
    /// @param account the storage account's name
    /// @param container the container's name
    record Azure(String account, String container) implements VaultLocation {

        private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");
        private static final Pattern CONTAINER = Pattern.compile("[a-z0-9](-?[a-z0-9]){2,62}");

        public Azure {
            if (!ACCOUNT.matcher(account).matches()) {
                throw new IllegalArgumentException("\"" + account + "\" is no name of a storage account: it has 3 to 24"
                        + " small letters and digits.");
            }
            if (!CONTAINER.matcher(container).matches()) {
                throw new IllegalArgumentException("\"" + container + "\" is no name of a container: it has 3 to 63"
                        + " small letters, digits and single hyphens between them.");
            }
        }

        @Override
        public String toString() {
            return "azure://" + account + "/" + container;
        }
    }

    /// Reads `azure://ACCOUNT/CONTAINER`, or a folder's path.
    ///
    /// @throws IllegalArgumentException if it is neither; the message says why
    static VaultLocation parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("A vault's location is a folder or azure://ACCOUNT/CONTAINER.");
        }
        if (!text.contains("://")) {
            return new Folder(Path.of(text).toAbsolutePath().normalize());
        }
        URI uri = URI.create(text);
        String account = uri.getAuthority();
        String path = uri.getPath();
        boolean known = "azure".equals(uri.getScheme()) && account != null && path != null && path.length() > 1;
        if (!known) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no location of a vault: it is a folder or azure://ACCOUNT/CONTAINER.");
        }
        return new Azure(account, path.substring(1));
    }
}

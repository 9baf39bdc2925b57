package dev.breakwater.model;

import java.util.UUID;

/// Identity of a vault, drawn when the vault is created.
///
/// @param uuid the identity, random (version 4)
public record VaultId(UUID uuid) implements Comparable<VaultId> {

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException if the text is not a UUID
    public static VaultId of(String text) {
        return new VaultId(UUID.fromString(text));
    }

    @Override
    public int compareTo(VaultId other) {
        return uuid.compareTo(other.uuid);
    }

    @Override
    public String toString() {
        return uuid.toString();
    }
}

package dev.breakwater.model;

import java.util.UUID;

/// Identity of a disk of a protected machine, drawn when the disk is first protected.
///
/// @param uuid the identity, random (version 4)
public record DiskId(UUID uuid) implements Comparable<DiskId> {

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException if the text is not a UUID
    public static DiskId of(String text) {
        return new DiskId(UUID.fromString(text));
    }

    @Override
    public int compareTo(DiskId other) {
        return uuid.compareTo(other.uuid);
    }

    @Override
    public String toString() {
        return uuid.toString();
    }
}

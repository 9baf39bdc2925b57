package dev.breakwater.model;

import java.util.UUID;

/// Identity of a protected machine, for as long as it is registered; a machine that registers anew keeps it.
///
/// @param uuid the identity, random (version 4)
public record MachineId(UUID uuid) implements Comparable<MachineId> {

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException if the text is not a UUID
    public static MachineId of(String text) {
        return new MachineId(UUID.fromString(text));
    }

    @Override
    public int compareTo(MachineId other) {
        return uuid.compareTo(other.uuid);
    }

    @Override
    public String toString() {
        return uuid.toString();
    }
}

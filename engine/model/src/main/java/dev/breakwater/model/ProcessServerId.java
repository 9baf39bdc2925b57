package dev.breakwater.model;

import java.util.UUID;

/// Identity of a process server, drawn when it registers.
///
/// @param uuid the identity, random (version 4)
public record ProcessServerId(UUID uuid) implements Comparable<ProcessServerId> {

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException if the text is not a UUID
    public static ProcessServerId of(String text) {
        return new ProcessServerId(UUID.fromString(text));
    }

    @Override
    public int compareTo(ProcessServerId other) {
        return uuid.compareTo(other.uuid);
    }

    @Override
    public String toString() {
        return uuid.toString();
    }
}

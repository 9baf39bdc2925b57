package dev.breakwater.model;

import java.util.UUID;

/// Identity of a recovery point, drawn by whoever asks for the point, before it is taken.
///
/// @param uuid the identity, random (version 4)
public record PointId(UUID uuid) implements Comparable<PointId> {

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException if the text is not a UUID
    public static PointId of(String text) {
        return new PointId(UUID.fromString(text));
    }

    @Override
    public int compareTo(PointId other) {
        return uuid.compareTo(other.uuid);
    }

    @Override
    public String toString() {
        return uuid.toString();
    }
}

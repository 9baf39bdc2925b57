package dev.breakwater.site;

import java.util.UUID;

/// Identity of one run of a recovered machine on a site. The caller draws it before it asks for the run, so that a
/// repeated order is recognised and a forgotten one can be found.
///
/// @param uuid the identity, random (version 4)
public record RunId(UUID uuid) {

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException if the text is not a UUID
    public static RunId of(String text) {
        return new RunId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return uuid.toString();
    }
}

package dev.breakwater.vault.catalog;

import java.util.Optional;

/// Something wrong with a document.
///
/// @param kind what
/// @param objectName the object
/// @param id the document's id, if another version of it can be read
/// @param cause how it shows
public record CatalogFault(Kind kind, String objectName, Optional<String> id, String cause) {

    /// What can be wrong.
    public enum Kind {
        /// A version cannot be opened, or is another one.
        DAMAGED,
        /// The version before or after this one is not there.
        MISSING,
        /// The object's name is no version's.
        STRANGE
    }
}

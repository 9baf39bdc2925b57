package dev.breakwater.vault.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/// What is sealed for one version of a document.
///
/// @param kind kind of the document
/// @param id its id
/// @param version number of the version, from 1; sealed, so that an old version cannot be put in a newer one's
///     place
/// @param writtenMillis when it was written, epoch milliseconds by its writer's clock
/// @param document the document, or JSON null if it was removed
record CatalogEntry(String kind, String id, long version, long writtenMillis, JsonNode document) {

    /// Holds what is read to what is written.
    ///
    /// @throws IllegalArgumentException if the kind is none
    /// @throws NullPointerException if something is missing; Jackson makes exceptions of its own of both
    CatalogEntry {
        CatalogSeal.prefix(Objects.requireNonNull(kind));
        Objects.requireNonNull(id);
        Objects.requireNonNull(document);
    }

    boolean removed() {
        return document.isNull();
    }
}

package dev.breakwater.vault.catalog;

import java.io.IOException;

/// A document of the catalog cannot be used. Other documents may be.
public final class CatalogException extends IOException {

    private static final long serialVersionUID = 1L;

    CatalogException(String message) {
        super(message);
    }

    CatalogException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.breakwater.vault.index;

import java.io.IOException;

/// A page or document was authentic but does not say what the format demands: it was written by a newer or a broken
/// program. Trying again does not help.
public final class IndexFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /// @param message what was found where
    public IndexFormatException(String message) {
        super(message);
    }
}

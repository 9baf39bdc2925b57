package dev.breakwater.site;

import java.io.Serial;

/// A site could not do what was asked. The message says what happened, what it means, why, and what to do.
public class SiteException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /// A failure that is explained by its message alone.
    public SiteException(String message) {
        super(message);
    }

    /// A failure with the error behind it.
    public SiteException(String message, Throwable cause) {
        super(message, cause);
    }
}

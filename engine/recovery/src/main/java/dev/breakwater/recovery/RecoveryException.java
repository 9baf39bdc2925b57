package dev.breakwater.recovery;

import java.io.Serial;

/// A flow could not do its work. The message says what happened, what it means, why, and what to do.
public class RecoveryException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /// A failure that is explained by its message alone.
    public RecoveryException(String message) {
        super(message);
    }

    /// A failure with the error behind it.
    public RecoveryException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.breakwater.vault.key;

import java.io.IOException;

/// A key does not fit what it should open, or what it should open is damaged.
public final class WrongKeyException extends IOException {

    private static final long serialVersionUID = 1L;

    WrongKeyException(String message) {
        super(message);
    }

    WrongKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}

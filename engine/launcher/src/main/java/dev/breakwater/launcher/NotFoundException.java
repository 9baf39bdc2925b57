package dev.breakwater.launcher;

import java.io.IOException;

/// A command names something that is not there. The message says what there is.
public final class NotFoundException extends IOException {

    private static final long serialVersionUID = 1L;

    /// With words for the administrator.
    public NotFoundException(String message) {
        super(message);
    }
}

package dev.breakwater.vault.log;

import java.io.IOException;

/// Another writer took the slot which this writer wanted: the machine has moved to another process server.
/// Nothing of the generation counts; this writer must stop and never try again.
public final class FencedException extends IOException {

    private static final long serialVersionUID = 1L;

    /// @param message what happened, its effect, and what to do
    public FencedException(String message) {
        super(message);
    }
}

package dev.breakwater.mobility.spool;

import java.io.IOException;

/// The spool's quota is used up, or the file system below it is. The point is given up; its changes stay known as
/// ranges and are read again later.
public final class SpoolFullException extends IOException {

    private static final long serialVersionUID = 1L;

    /// @param message what is full
    public SpoolFullException(String message) {
        super(message);
    }
}

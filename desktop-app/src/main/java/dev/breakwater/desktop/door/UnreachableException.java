package dev.breakwater.desktop.door;

import java.io.IOException;

/// It is known why no engine can answer: there is none, or it does not run.
public final class UnreachableException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Connection connection;

    /// @param connection what to show: [Connection#ABSENT] or [Connection#STOPPED]
    public UnreachableException(Connection connection, String message) {
        super(message);
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }
}

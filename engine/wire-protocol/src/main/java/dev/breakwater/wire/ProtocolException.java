package dev.breakwater.wire;

import java.io.IOException;

/// The other side sent what the protocol does not allow. The connection must end; a retry will not help.
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1;

    /// @param message what was sent and what is allowed; never holds payload
    public ProtocolException(String message) {
        super(message);
    }
}

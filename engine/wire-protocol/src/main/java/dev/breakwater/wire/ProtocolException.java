package dev.breakwater.wire;

import java.io.IOException;

/// The other side sent what the protocol does not allow. The connection must end; a retry will not help.
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1;

    private final RefusalCode code;

    /// @param message what was sent and what is allowed; never holds payload
    public ProtocolException(String message) {
        this(RefusalCode.PROTOCOL, message);
    }

    /// @param code what the other side is told
    /// @param message what was sent and what is allowed; never holds payload
    public ProtocolException(RefusalCode code, String message) {
        super(message);
        this.code = code;
    }

    /// What the other side is told.
    public RefusalCode code() {
        return code;
    }
}

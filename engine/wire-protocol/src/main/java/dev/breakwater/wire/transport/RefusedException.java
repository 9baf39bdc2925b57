package dev.breakwater.wire.transport;

import dev.breakwater.wire.RefusalCode;
import java.io.IOException;

/// The process server ended the connection and said why. [RefusalCode#retryHelps] tells whether to try again.
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private final RefusalCode code;

    /// @param code why, for programs
    /// @param text why, for people
    public RefusedException(RefusalCode code, String text) {
        super("The process server ended the connection (" + code + "): " + text);
        this.code = code;
    }

    /// Why, for programs.
    public RefusalCode code() {
        return code;
    }
}

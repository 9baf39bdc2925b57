package dev.breakwater.control;

import java.io.IOException;

/// The configuration server answered, and the answer was no.
public final class ControlException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ApiError error;

    /// A refusal.
    ///
    /// @param status the HTTP status
    public ControlException(int status, ApiError error) {
        super(error.text());
        this.status = status;
        this.error = error;
    }

    /// The HTTP status: 4xx means that asking again in the same way is no use.
    public int status() {
        return status;
    }

    /// What the server said.
    public ApiError error() {
        return error;
    }

    /// Whether the same request may succeed later.
    public boolean retryHelps() {
        return status >= 500 || status == 429;
    }
}

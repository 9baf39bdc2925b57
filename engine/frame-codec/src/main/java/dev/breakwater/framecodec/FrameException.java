package dev.breakwater.framecodec;

import java.io.IOException;

/// A frame could not be opened, so its bytes must not be used. Trying again does not help, unless the bytes were read
/// wrongly.
public final class FrameException extends IOException {

    private static final long serialVersionUID = 1L;

    /// What is wrong with the frame.
    public enum Kind {
        /// It ends too early, or is longer than it says.
        CUT,
        /// It is no frame, or a bit of it changed, or it was sealed with another key, for another vault or for
        /// another owner: authenticated encryption does not tell these apart.
        DAMAGED,
        /// It is a frame, but not the one that was asked for.
        FOREIGN
    }

    private final Kind kind;

    FrameException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    FrameException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// What is wrong with the frame.
    public Kind kind() {
        return kind;
    }
}

package dev.breakwater.changelog;

import java.io.IOException;

/// A file that is not a change log, or a damaged one. Retrying does not help.
public final class HrlException extends IOException {

    private static final long serialVersionUID = 1L;

    /// What is wrong.
    public enum Kind {
        /// The file does not start as a change log does.
        NOT_A_LOG,
        /// A version of the format that this program does not know.
        UNKNOWN_VERSION,
        /// The log was not closed: its writer died, or is still at work.
        NOT_CLOSED,
        /// A checksum, digest or structure does not hold.
        DAMAGED,
        /// An entry uses something that this program does not know.
        UNKNOWN_ENTRY,
        /// An entry lies beyond the end of the disk that it is applied to.
        BEYOND_DISK
    }

    private final Kind kind;

    /// @param kind what is wrong
    /// @param message what happened and what to do
    public HrlException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// What is wrong.
    public Kind kind() {
        return kind;
    }
}

package dev.breakwater.vault.blob;

import java.io.IOException;

/// An object store did not do what it was asked for.
public final class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    /// What the caller can do about it.
    public enum Kind {
        /// There is no such object.
        NOT_FOUND,
        /// The object ends before the range that was asked for.
        CUT,
        /// The store did not answer, or not in time: the outcome is unknown and trying again later helps.
        UNAVAILABLE,
        /// The store refuses: credentials, permissions, or a request that it does not take. Trying again does
        /// not help.
        REFUSED,
        /// There is no room left. Trying again helps once an administrator has made room.
        FULL
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// What the caller can do about it.
    public Kind kind() {
        return kind;
    }

    /// Whether the same call may succeed later.
    public boolean retryable() {
        return kind == Kind.UNAVAILABLE || kind == Kind.FULL;
    }

    static StoreException notFound(String name) {
        return new StoreException(Kind.NOT_FOUND, "There is no object \"" + name + "\" in the vault.");
    }
}

package dev.breakwater.vault;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A vault cannot be opened or created, though its store answers.
public final class VaultException extends IOException {

    private static final long serialVersionUID = 1L;

    /// What is the matter.
    public enum Kind {
        /// There is no vault at the location.
        NO_VAULT,
        /// There is a vault already.
        EXISTS,
        /// The key is not this vault's.
        WRONG_KEY,
        /// The key was this vault's until its keys were rotated.
        KEY_REPLACED,
        /// A newer Breakwater made it.
        NEWER_FORMAT,
        /// The object that describes the vault, or the newest of its rotations, is damaged.
        DAMAGED
    }

    private final Kind kind;

    VaultException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    VaultException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// What is the matter.
    public Kind kind() {
        return kind;
    }
}

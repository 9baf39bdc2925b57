package dev.breakwater.vault;

import java.io.IOException;

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
        /// A newer Breakwater made it.
        NEWER_FORMAT,
        /// The object that describes the vault is damaged.
        DAMAGED
    }

    private final Kind kind;

    VaultException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    VaultException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// What is the matter.
    public Kind kind() {
        return kind;
    }
}

package dev.breakwater.vault.object;

import java.io.IOException;

/// An object of the vault is missing, cut, changed, or not what it must be. Trying again does not help;
/// `vault check` says how much is affected.
public final class DamagedObjectException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String objectName;

    /// @param objectName the object
    /// @param message what is wrong with it
    public DamagedObjectException(String objectName, String message) {
        super(message);
        this.objectName = objectName;
    }

    /// @param objectName the object
    /// @param message what is wrong with it
    /// @param cause how that was noticed
    public DamagedObjectException(String objectName, String message, Throwable cause) {
        super(message, cause);
        this.objectName = objectName;
    }

    /// The object.
    public String objectName() {
        return objectName;
    }
}

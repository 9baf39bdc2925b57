package dev.breakwater.vault;

/// What is wrong with an object of a rotation, though the vault opened.
///
/// @param kind what is the matter
/// @param objectName which object
/// @param cause completes the sentence "The object is damaged: "
public record RotationFault(Kind kind, String objectName, String cause) {

    /// What is the matter.
    public enum Kind {
        /// It is not as it was written.
        DAMAGED,
        /// It is gone.
        MISSING,
        /// It has a name that Breakwater does not give.
        STRANGE
    }
}

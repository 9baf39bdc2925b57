package dev.breakwater.vault.blob;

/// What [ObjectStore#putIfAbsent] did.
public enum PutOutcome {
    /// The object was made with the content given.
    CREATED,
    /// There was an object of that name, and it is as it was. After an earlier try of unknown outcome it may
    /// be one's own: compare the content.
    EXISTS
}

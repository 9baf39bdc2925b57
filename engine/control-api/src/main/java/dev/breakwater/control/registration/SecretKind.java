package dev.breakwater.control.registration;

/// Which secret the two sides share.
public enum SecretKind {
    /// The passphrase that the configuration server shows to its administrator.
    PASSPHRASE,
    /// A secret derived from the vault's key; a further engine that has the recovery key knows it.
    VAULT
}

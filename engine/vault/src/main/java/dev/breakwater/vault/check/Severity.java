package dev.breakwater.vault.check;

/// How bad a finding is.
public enum Severity {
    /// Worth knowing; nothing is lost.
    INFO,
    /// Nothing is lost yet, but something is not as it should be.
    WARNING,
    /// A point cannot be recovered entirely, or someone changed the vault.
    CRITICAL
}

package dev.breakwater.control.admin;

/// Where a machine's protection stands. Health problems never change it.
public enum ProtectionState {
    /// Registered only.
    UNPROTECTED,
    /// Orders are on their way to the machine and its process server.
    ENABLING_PROTECTION,
    /// All data are copied for the first time.
    INITIAL_REPLICATION_IN_PROGRESS,
    /// There is at least one recovery point.
    PROTECTED,
    /// Replication is being ended.
    DISABLING_PROTECTION
}

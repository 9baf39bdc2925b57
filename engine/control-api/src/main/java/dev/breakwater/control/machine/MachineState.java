package dev.breakwater.control.machine;

/// What the mobility service is doing.
public enum MachineState {
    /// Registered; nothing is protected.
    IDLE,
    /// Sends everything that the disks hold for the first time.
    INITIAL_REPLICATION,
    /// Compares with the vault by digest.
    RESYNCHRONISING,
    /// Sends what changes and takes points.
    REPLICATING,
    /// The process server is away; changes are spooled.
    SPOOLING,
    /// Stands still until an administrator acts; the remarks say why.
    BLOCKED
}

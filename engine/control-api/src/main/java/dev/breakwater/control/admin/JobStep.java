package dev.breakwater.control.admin;

import java.util.List;

/// The steps of jobs: the word of each is [JobView.Step#name].
public enum JobStep implements StableWord {
    /// Machine and process server are told.
    ENABLE_PROTECTION,
    /// All data are copied for the first time.
    INITIAL_REPLICATION,
    /// The first point is made durable.
    FIRST_RECOVERY_POINT,
    /// The machine stops sending.
    STOP_REPLICATION,
    /// The machine is told of its new process server.
    ASSIGN,
    /// The new process server has the machine's data.
    TAKE_OVER,
    /// The machine is told of its new policy.
    SCHEDULE,
    /// The machine takes a point.
    TAKE_POINT,
    /// The point gets into the vault.
    STORE_POINT,
    /// The machine's disks are compared with the vault.
    COMPARE,
    /// The point of a test failover is kept from retention.
    PIN_POINT,
    /// The disks of a test machine are opened.
    OPEN_DISKS,
    /// A test machine starts.
    START_MACHINE,
    /// A test machine is asked whether it lives.
    PROBE_MACHINE,
    /// A picture of a test machine's screen is taken.
    TAKE_SCREENSHOT,
    /// A test machine is removed.
    REMOVE_MACHINE,
    /// The point of a test failover may be dropped again.
    RELEASE_POINT;

    @Override
    public List<String> valueNames() {
        return List.of();
    }
}

package dev.breakwater.control.admin;

/// Where a machine's test failover stands; apart from its protection, which goes on.
public enum TestFailoverState {
    /// There is none.
    NONE,
    /// The test machine is being made.
    TEST_FAILOVER_INITIATED,
    /// The test machine runs; it waits for clean-up.
    COMPLETED,
    /// It did not come up; it waits for clean-up.
    FAILED,
    /// The test machine is being removed.
    CLEANUP_INITIATED
}

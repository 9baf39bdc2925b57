package dev.breakwater.control.admin;

/// What a person says that a test failover showed.
public enum TestOutcome {
    /// The machine did what it is there for.
    SUCCEEDED,
    /// It did not.
    NOT_AS_EXPECTED
}

package dev.breakwater.testkit;

/// What may go wrong with one call to something outside.
public enum Fault {
    /// Nothing.
    NONE,
    /// The call never arrived; the caller sees no answer.
    LOST_REQUEST,
    /// The call was done; the caller sees no answer.
    LOST_ANSWER,
    /// There is no room; nothing was done.
    FULL,
    /// The caller is not allowed; nothing was done.
    REFUSED,
    /// The caller's process died before the call was done. It makes no further call.
    CRASH_BEFORE,
    /// The caller's process died after the call was done. It makes no further call.
    CRASH_AFTER,
    /// A listing lacks what was made last. Stores of the contract never do this; what prunes must survive it all the
    /// same.
    STALE_LIST
}

package dev.breakwater.mobility.replication;

/// What replication does next.
public enum Step {
    /// Nothing, until something happens.
    WAIT,
    /// Begin tracking anew: something was lost.
    RENEW,
    /// Connect to the process server.
    CONNECT,
    /// End the connection, to open it anew with other numbers.
    RECONNECT,
    /// Send the oldest spooled point that was not sent yet.
    SEND_SPOOLED,
    /// Find out what the vault does not have, and mark it dirty.
    SYNCHRONISE,
    /// Send a part of what is dirty and close the generation without a recovery point.
    SEND_PARTIAL,
    /// Take a recovery point and send it.
    TAKE_POINT,
    /// Take a recovery point into the spool.
    SPOOL_POINT
}

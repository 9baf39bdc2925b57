package dev.breakwater.mobility.capture;

/// How capture began.
public sealed interface CaptureStart {

    /// Tracking went on since the last time without a gap; what was dirty or not yet durable is known. The sender
    /// learns the last durable generation from the process server and calls [MachineCapture#returnLost].
    record Resumed() implements CaptureStart {}

    /// Tracking begins here with a new incarnation. What happened before is unknown: unless this is the initial
    /// replication ([MachineCapture#markAllocated]), a resynchronisation must mark what differs from the vault.
    ///
    /// @param reason why, for people
    record Anew(String reason) implements CaptureStart {}
}

package dev.breakwater.processserver.machine;

import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Threads;
import dev.breakwater.processserver.upload.UploadQueue;
import java.time.Duration;
import java.util.function.Consumer;

/// What all desks share.
///
/// @param uploads where segments go
/// @param memory how much of it each machine may take
/// @param throttle how fast new credit may be given
/// @param durables who wants to know of durable generations
/// @param changed takes machines that have something new in the vault
/// @param handover how long a new connection waits for the work of the one before to be settled
/// @param threads where sessions run
public record DeskTools(
        UploadQueue uploads,
        MemoryShares memory,
        Throttle throttle,
        DurableListener durables,
        Consumer<MachineId> changed,
        Duration handover,
        Threads threads) {

    /// Less than a machine waits for WELCOME, so that it hears why.
    public static final Duration USUAL_HANDOVER = Duration.ofSeconds(30);
}

package dev.breakwater.vault.log;

import dev.breakwater.platform.Entropy;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;

/// Writes a machine's log. A machine has one writer at a time; if there are two, the slots' put-if-absent
/// lets one of them win and [FencedException] stops the other, without harm to what is stored.
public interface MachineWriter extends AutoCloseable {

    /// A writer that was idle for longer looks at the log again before it takes a slot: another writer may
    /// have come and gone, and maintenance may have deleted the slots' objects that would have stopped this
    /// one.
    Duration TRUST = Duration.ofMinutes(20);

    /// Opens the writer: reads what the vault has of the machine.
    ///
    /// @param vault the machine's part of the vault, with keys for all disks that will be written
    /// @param sink takes segments
    /// @param sealing compresses and seals; stays the caller's
    /// @param storing runs the storing of slots' objects, one task at a time per machine, each a blocking call to
    /// the
    ///     store; may be `Runnable::run`
    /// @param entropy names segments and draws salts
    /// @param clock the time of day, for [#TRUST]
    /// @param limits bounds
    /// @throws dev.breakwater.vault.object.DamagedObjectException if the log is damaged
    /// @throws IOException if the store cannot be read
    static MachineWriter open(
            MachineVault vault,
            SegmentSink sink,
            SealingThreads sealing,
            Executor storing,
            Entropy entropy,
            InstantSource clock,
            WriterLimits limits)
            throws IOException {
        return LogWriter.open(vault, sink, sealing, storing, entropy, clock, limits);
    }

    /// The newest slot in the vault when the writer was opened, or that it has made durable since.
    Optional<LastDurable> lastDurable();

    /// What was wrong with the newest slots when the writer was opened, if they could not be used: the log goes on
    /// after [#lastDurable], and its next slot must bring everything that has changed since then.
    Optional<String> damage();

    /// Begins to collect the next generation. One at a time: the one before must be committed (durable or not) or
    /// abandoned.
    ///
    /// @param incarnation the change tracking's life
    /// @param generation its number, from 1
    /// @throws IllegalStateException if the writer is broken or closed, or a generation is open
    GenerationWriter begin(UUID incarnation, long generation);

    /// Why the writer can no longer be used: the first failure. Empty while it works.
    Optional<Throwable> broken();

    /// Abandons an open generation. Slots that were committed still become durable.
    @Override
    void close();
}

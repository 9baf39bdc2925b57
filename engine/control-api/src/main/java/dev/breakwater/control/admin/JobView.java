package dev.breakwater.control.admin;

import dev.breakwater.control.ApiError;
import dev.breakwater.model.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Work that takes time, and where it stands.
///
/// @param id its identity
/// @param version grows with every change of the job
/// @param kind what it does
/// @param machine whom it is about
/// @param machineName what people call that
/// @param state where it stands
/// @param createdAt when it was asked for
/// @param finishedAt when it ended
/// @param progress 0 to 1, over all steps
/// @param steps in order
/// @param error why it failed
/// @param result what came out, grows as steps complete
public record JobView(
        UUID id,
        long version,
        Kind kind,
        @Nullable MachineId machine,
        @Nullable String machineName,
        State state,
        Instant createdAt,
        @Nullable Instant finishedAt,
        double progress,
        List<Step> steps,
        @Nullable ApiError error,
        JobResult result) {

    public JobView {
        steps = List.copyOf(steps);
    }

    /// What a job does.
    public enum Kind {
        /// Enables protection up to the first recovery point.
        PROTECT,
        /// Ends protection.
        UNPROTECT,
        /// Takes a recovery point.
        CREATE_POINT,
        /// Moves a machine to another process server.
        MOVE_MACHINE,
        /// Puts a machine under another policy.
        CHANGE_POLICY,
        /// Compares a machine with the vault by digest.
        RESYNCHRONISE,
        /// Starts a machine from a point in an isolated network.
        TEST_FAILOVER,
        /// Removes what a test failover made.
        TEST_FAILOVER_CLEANUP
    }

    /// Where a job or a step stands.
    public enum State {
        /// Not begun.
        WAITING,
        /// Under way.
        RUNNING,
        /// Done.
        SUCCEEDED,
        /// Ended without success.
        FAILED;

        /// Whether nothing will change any more.
        public boolean finished() {
            return this == SUCCEEDED || this == FAILED;
        }
    }

    /// A step of a job.
    ///
    /// @param name the word of a [JobStep], or of one that a newer engine tells
    /// @param title in English
    /// @param state where it stands
    /// @param startedAt when it began
    /// @param finishedAt when it ended
    /// @param doneBytes bytes done, for steps that move data
    /// @param totalBytes bytes to do
    /// @param detail for people
    public record Step(
            String name,
            String title,
            State state,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            long doneBytes,
            long totalBytes,
            @Nullable String detail) {}
}

package dev.breakwater.recovery;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// One line of a flow's journal.
///
/// @param flow whose line it is
/// @param number counts the lines of a flow from 0
/// @param time when it was written
/// @param step what was done, a lower-case word, for example `start-machine`
/// @param phase whether the step begins, is done or failed
/// @param state where the flow stands with this line
/// @param details what a later engine needs to know about the step (identities, paths, figures); never secret
public record FlowEntry(
        UUID flow,
        int number,
        Instant time,
        String step,
        Phase phase,
        TestFailoverState state,
        Map<String, String> details) {

    /// The place of a line in its step.
    public enum Phase {
        /// The step is about to be done; after a crash it may have been done or not.
        BEGUN,
        /// The step's effect is there.
        DONE,
        /// The step's effect is not there.
        FAILED
    }

    public FlowEntry {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(step, "step");
        details = Map.copyOf(details);
    }
}

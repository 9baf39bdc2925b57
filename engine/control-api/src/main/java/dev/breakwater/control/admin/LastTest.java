package dev.breakwater.control.admin;

import dev.breakwater.model.PointId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A machine's newest test failover that was cleaned up: only then it counts.
///
/// @param job the test's job
/// @param testedAt when it was ordered
/// @param point the point that was tested; absent if the machine could not even be started
/// @param cameUp whether the machine came up and answered as its probes wanted
/// @param rtoSeconds from the order to the answer of the last probe; absent if it did not come up
/// @param outcome what a person said of it; absent if nobody did
/// @param notes of that person
public record LastTest(
        UUID job,
        Instant testedAt,
        @Nullable PointId point,
        boolean cameUp,
        @Nullable Double rtoSeconds,
        @Nullable TestOutcome outcome,
        @Nullable String notes) {

    /// Whether it showed that the machine can be recovered: a person's word goes before the probes'.
    public boolean succeeded() {
        return outcome == null ? cameUp : outcome == TestOutcome.SUCCEEDED;
    }
}

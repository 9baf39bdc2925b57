package dev.breakwater.desktop.policies;

import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;

/// What a change of a policy does.
///
/// @param before the policy as the engine has it
/// @param after the policy as it would be
/// @param machines how many follow it
record PolicyChangeModel(ReplicationPolicy before, ReplicationPolicy after, long machines) {

    /// What becomes of the points that are kept today: what is lost cannot be taken back.
    enum Effect {
        /// All stay.
        NONE,
        /// Of those between two hours and a day every other one goes: past a day of retention the grid is coarser.
        THINS,
        /// Those older than the new retention go.
        DELETES
    }

    /// Whether there is anything to order.
    boolean changes() {
        return !before.equals(after);
    }

    /// What becomes of the points.
    Effect effect() {
        if (machines == 0) {
            return Effect.NONE;
        }
        Duration kept = after.retention();
        if (kept.compareTo(before.retention()) < 0) {
            return Effect.DELETES;
        }
        boolean hourly = PoliciesModel.thinning(before) == PoliciesModel.Thinning.HOURLY;
        return hourly && PoliciesModel.thinning(after) != PoliciesModel.Thinning.HOURLY ? Effect.THINS : Effect.NONE;
    }
}

package dev.breakwater.control.admin;

import java.time.Instant;
import java.util.List;

/// How old a machine's newest recovery point was over the last 24 hours, as the engine knew it. Where it knew nothing
/// (it did not run, there was no point, the machine was not protected) there is no stretch.
///
/// @param from the beginning, by the engine's clock
/// @param until the end: now, by the engine's clock
/// @param stretches in order, at most one for each half minute
public record RpoHistory(Instant from, Instant until, List<Stretch> stretches) {

    public RpoHistory {
        stretches = List.copyOf(stretches);
    }

    /// A time during which the newest point stayed the same, so that its age grew as the time went by.
    ///
    /// @param from its beginning
    /// @param until its end
    /// @param rpoSeconds the point's age at the beginning; at the end it was older by the length of the stretch
    public record Stretch(Instant from, Instant until, long rpoSeconds) {}
}

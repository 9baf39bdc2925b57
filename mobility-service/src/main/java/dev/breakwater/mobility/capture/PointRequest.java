package dev.breakwater.mobility.capture;

import dev.breakwater.mobility.consistency.FrozenAction;
import dev.breakwater.model.PointType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What point to take, and what to run around it.
///
/// @param type [PointType#CRASH_CONSISTENT] or [PointType#APPLICATION_CONSISTENT]
/// @param beforeFreeze shell command run before the freeze (brings applications to rest); null for none. If it fails,
///     the point is taken as crash-consistent and says so.
/// @param afterThaw shell command run after the thaw, also if the point failed; null for none
/// @param whileFrozen done while frozen; null for nothing
/// @param timeout bound for each of the commands and for the action, at most an hour; while the action runs the file
///     systems stand still
public record PointRequest(
        PointType type,
        @Nullable String beforeFreeze,
        @Nullable String afterThaw,
        @Nullable FrozenAction whileFrozen,
        Duration timeout) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    public PointRequest {
        if (type == PointType.FILE_SYSTEM_EQUIVALENT) {
            throw new IllegalArgumentException("A file-system-equivalent point is an outcome, not a request.");
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "The time-out must lie above 0 and up to " + MAX_TIMEOUT + ": " + timeout);
        }
    }

    /// A crash-consistent point with nothing around it.
    public static PointRequest crashConsistent() {
        return new PointRequest(PointType.CRASH_CONSISTENT, null, null, null, DEFAULT_TIMEOUT);
    }

    /// An application-consistent point.
    ///
    /// @param beforeFreeze shell command that brings applications to rest
    /// @param afterThaw shell command that lets them go on
    public static PointRequest applicationConsistent(String beforeFreeze, String afterThaw, Duration timeout) {
        return new PointRequest(PointType.APPLICATION_CONSISTENT, beforeFreeze, afterThaw, null, timeout);
    }

    /// The same request with something to do while frozen, for example a
    /// [dev.breakwater.mobility.consistency.FrozenCommand].
    public PointRequest whileFrozen(FrozenAction action, Duration timeout) {
        return new PointRequest(type, beforeFreeze, afterThaw, action, timeout);
    }
}

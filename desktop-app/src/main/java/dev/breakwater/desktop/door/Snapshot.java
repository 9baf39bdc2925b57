package dev.breakwater.desktop.door;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is known of the engine at an instant. Immutable; any thread may read it.
///
/// @param connection how far it can be trusted
/// @param figures what the engine said last; absent until it has answered for the first time
/// @param age how long ago that was, by a clock that nobody sets
/// @param problem why the engine did not answer, for people; absent while it does
public record Snapshot(
        Connection connection,
        @Nullable Figures figures,
        Duration age,
        @Nullable String problem) {

    /// Nothing is known yet.
    public static final Snapshot NOTHING = new Snapshot(Connection.CONNECTING, null, Duration.ZERO, null);

    /// Whether it says nothing that another one does not say, save what time it is.
    public boolean isStillAsIn(Snapshot other) {
        return this.equals(other)
                || (connection == other.connection
                        && connection == Connection.LIVE
                        && figures != null
                        && other.figures != null
                        && figures.isStillAsIn(other.figures));
    }

    /// Whether the figures may have changed since without the console having heard of it.
    public boolean outdated() {
        return switch (connection) {
            case STALE, OFFLINE, STOPPED -> true;
            case ABSENT, CONNECTING, LIVE -> false;
        };
    }
}

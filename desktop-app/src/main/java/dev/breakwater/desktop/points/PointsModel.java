package dev.breakwater.desktop.points;

import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.RecoveryPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Points of a stretch of time, one of them chosen.
///
/// @param shown the points, oldest first; the order is that of the vault's slots
/// @param chosen which of them; -1 if there is none
/// @param range the stretch
/// @param now its end
public record PointsModel(List<RecoveryPoint> shown, int chosen, Range range, Instant now) {

    /// Nothing to choose from.
    public static final PointsModel NONE = new PointsModel(List.of(), -1, Range.DAY, Instant.EPOCH);

    /// A stretch of time that ends now.
    public enum Range {
        DAY(Duration.ofDays(1)),
        THREE_DAYS(Duration.ofDays(3)),
        FIFTEEN_DAYS(Duration.ofDays(15));

        private final Duration length;

        Range(Duration length) {
            this.length = length;
        }

        /// How long.
        public Duration length() {
            return length;
        }
    }

    /// A move of the choice.
    public enum Move {
        PREVIOUS,
        NEXT,
        PREVIOUS_APPLICATION,
        NEXT_APPLICATION,
        FIRST,
        LAST
    }

    public PointsModel {
        shown = List.copyOf(shown);
    }

    /// The points of a stretch.
    ///
    /// @param points all of them, oldest first
    /// @param wanted the one to choose if it is shown; else the newest is
    public static PointsModel of(List<RecoveryPoint> points, Range range, Instant now, @Nullable PointId wanted) {
        Instant from = now.minus(range.length());
        List<RecoveryPoint> shown =
                points.stream().filter(point -> !point.time().isBefore(from)).toList();
        int chosen = shown.size() - 1;
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).id().equals(wanted)) {
                chosen = i;
            }
        }
        return new PointsModel(shown, chosen, range, now);
    }

    /// What there is now, in the same stretch or the smallest larger one that still shows the choice. Whoever looked at
    /// the newest point looks at the newest again; another
    /// choice stays if it is still there.
    ///
    /// @param points all of them, oldest first
    public PointsModel renewed(List<RecoveryPoint> points, Instant at) {
        if (equals(NONE)) {
            return of(
                    points, rangeFor(points.isEmpty() ? null : points.getLast().time(), at), at, null);
        }
        RecoveryPoint present = point();
        if (present == null || present.equals(shown.getLast())) {
            return of(points, range, at, null);
        }
        // Time goes on: the choice may be older than the stretch by now.
        Range needed = rangeFor(present.time(), at);
        return of(points, needed.compareTo(range) > 0 ? needed : range, at, present.id());
    }

    /// The smallest stretch that shows a point; the largest if none does.
    public static Range rangeFor(@Nullable Instant time, Instant now) {
        for (Range range : Range.values()) {
            if (time != null && !time.isBefore(now.minus(range.length()))) {
                return range;
            }
        }
        return time == null ? Range.DAY : Range.FIFTEEN_DAYS;
    }

    /// The same with another choice; the same itself if there is nothing in that direction.
    public PointsModel moved(Move move) {
        return switch (move) {
            case PREVIOUS -> choosing(chosen - 1);
            case NEXT -> choosing(chosen + 1);
            case FIRST -> choosing(0);
            case LAST -> choosing(shown.size() - 1);
            case PREVIOUS_APPLICATION -> choosing(application(-1));
            case NEXT_APPLICATION -> choosing(application(1));
        };
    }

    private int application(int step) {
        for (int i = chosen + step; i >= 0 && i < shown.size(); i += step) {
            if (shown.get(i).type() == PointType.APPLICATION_CONSISTENT) {
                return i;
            }
        }
        return -1;
    }

    /// The same with that point chosen.
    public PointsModel choosing(int index) {
        return index < 0 || index >= shown.size() ? this : new PointsModel(shown, index, range, now);
    }

    /// The chosen point; absent if there is none.
    public @Nullable RecoveryPoint point() {
        return chosen < 0 ? null : shown.get(chosen);
    }

    /// Where a point lies in the stretch, 0 to 1. A clock that is ahead puts it at the end.
    public double place(RecoveryPoint point) {
        double before = Duration.between(point.time(), now).toMillis();
        return Math.clamp(1 - before / range.length().toMillis(), 0, 1);
    }

    /// The point nearest to a place from 0 to 1; -1 if there is none.
    public int nearest(double place) {
        int best = -1;
        double distance = Double.MAX_VALUE;
        for (int i = 0; i < shown.size(); i++) {
            double each = Math.abs(place(shown.get(i)) - place);
            if (each <= distance) {
                distance = each;
                best = i;
            }
        }
        return best;
    }
}

package dev.breakwater.vault.retention;

import dev.breakwater.model.PointType;
import dev.breakwater.model.RecoveryPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Thins points out as they age, as Azure Site Recovery does:
///
/// | age | kept |
/// |---|---|
/// | up to 2 hours | every point |
/// | up to 7 days | one every hour if the retention is at most a day, else one every 2 hours |
/// | up to 15 days | one every 4 hours |
/// | past the retention | none |
///
/// The newest point is always kept. Of each cell of the grid the oldest point stays, and the oldest
/// application-consistent one, if there is one. Cells are fixed to the clock (whole hours of UTC), so that a point
/// which was kept once is not thrown away for another one of its cell, and pruning twice is as pruning once.
public final class RetentionGrid {

    private static final Duration EVERYTHING = Duration.ofHours(2);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration A_WEEK = Duration.ofDays(7);

    private final Duration retention;

    /// @param retention how long points are kept; zero keeps only the newest
    public RetentionGrid(Duration retention) {
        if (retention.isNegative()) {
            throw new IllegalArgumentException("retention is not negative: " + retention);
        }
        this.retention = retention;
    }

    private record Cell(boolean applicationConsistent, long hours, long number) {}

    /// The slots of the points that are not kept.
    ///
    /// @param points all points of a machine, in any order
    /// @param now the time; a point that claims to be younger than that is young
    public Set<Long> expired(Collection<RecoveryPoint> points, Instant now) {
        List<RecoveryPoint> oldestFirst = points.stream()
                .sorted(Comparator.comparingLong(RecoveryPoint::slot))
                .toList();
        Set<Long> expired = new HashSet<>();
        Set<Cell> taken = new HashSet<>();
        for (RecoveryPoint point : oldestFirst) {
            boolean newest = point.slot() == oldestFirst.getLast().slot();
            if (!newest && !isKept(point, now, taken)) {
                expired.add(point.slot());
            }
        }
        return expired;
    }

    private boolean isKept(RecoveryPoint point, Instant now, Set<Cell> taken) {
        Duration age = Duration.between(point.time(), now);
        if (age.compareTo(retention) > 0) {
            return false;
        }
        if (age.compareTo(EVERYTHING) <= 0) {
            return true;
        }
        long hours = retention.compareTo(A_DAY) <= 0 ? 1 : age.compareTo(A_WEEK) <= 0 ? 2 : 4;
        long number = Math.floorDiv(point.time().getEpochSecond(), hours * 3600);
        boolean oldest = taken.add(new Cell(false, hours, number));
        boolean oldestOfItsKind =
                point.type() == PointType.APPLICATION_CONSISTENT && taken.add(new Cell(true, hours, number));
        return oldest || oldestOfItsKind;
    }
}

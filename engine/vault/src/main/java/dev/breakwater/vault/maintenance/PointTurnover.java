package dev.breakwater.vault.maintenance;

import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.index.LiveSlots;
import dev.breakwater.vault.log.LogView;
import dev.breakwater.vault.object.Checkpoint;
import dev.breakwater.vault.retention.RetentionGrid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which points a checkpoint lists, which it retires, and which go for good.
///
/// A point goes in two steps, so that a pin always wins: one checkpoint stops listing it, and only the next
/// one drops it, unless a pin has appeared meanwhile. Whoever pins a point and then still finds it listed has
/// it for certain.
///
/// @param listed the live points, oldest first
/// @param retiring points that are not listed any more, but still whole
/// @param dropped how many go
record PointTurnover(List<RecoveryPoint> listed, List<RecoveryPoint> retiring, int dropped) {

    /// @param view the log
    /// @param pinned slots of points in use, asked for after the view's checkpoint was written
    static PointTurnover of(LogView view, Set<Long> pinned, Duration retention, Instant now) {
        List<RecoveryPoint> listed = new ArrayList<>(view.points());
        List<RecoveryPoint> retiringBefore =
                view.checkpoint().map(Checkpoint::retiring).orElse(List.of());
        int dropped = 0;
        for (RecoveryPoint point : retiringBefore) {
            if (pinned.contains(point.slot())) {
                listed.add(point);
            } else {
                dropped++;
            }
        }
        listed.sort(Comparator.comparingLong(RecoveryPoint::slot));
        Set<Long> expired = new RetentionGrid(retention).expired(listed, now);
        expired.removeAll(pinned);
        List<RecoveryPoint> retiring =
                listed.stream().filter(point -> expired.contains(point.slot())).toList();
        listed.removeAll(retiring);
        return new PointTurnover(listed, retiring, dropped);
    }

    /// The slots that may still be read.
    LiveSlots live() {
        Set<Long> slots = new HashSet<>();
        listed.forEach(point -> slots.add(point.slot()));
        retiring.forEach(point -> slots.add(point.slot()));
        return new LiveSlots(slots);
    }
}

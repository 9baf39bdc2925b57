package dev.breakwater.recovery;

import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.RecoveryPoint;
import java.util.List;
import java.util.function.Predicate;

/// Which point to recover to.
public sealed interface PointChoice {

    /// The newest point in the vault: the lowest data loss.
    record Latest() implements PointChoice {}

    /// The newest point at which the applications had been asked to bring their files to rest.
    record LatestApplicationConsistent() implements PointChoice {}

    /// A point picked by an administrator.
    ///
    /// @param point which one
    record Custom(PointId point) implements PointChoice {}

    /// Reads `latest`, `latest-application-consistent` or a point's identity.
    ///
    /// @throws IllegalArgumentException if the text is none of these
    static PointChoice parse(String text) {
        return switch (text) {
            case "latest" -> new Latest();
            case "latest-application-consistent" -> new LatestApplicationConsistent();
            default -> {
                try {
                    yield new Custom(PointId.of(text));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "Not a recovery point: \"" + text
                                    + "\". Give latest, latest-application-consistent, or an id of `points list`.",
                            e);
                }
            }
        };
    }

    /// Picks the point.
    ///
    /// @param machine whose points they are, for the message
    /// @param points ascending by slot
    /// @throws RecoveryException if no point fits
    default RecoveryPoint pick(MachineId machine, List<RecoveryPoint> points) throws RecoveryException {
        Predicate<RecoveryPoint> fits = switch (this) {
            case Latest _ -> _ -> true;
            case LatestApplicationConsistent _ -> p -> p.type() == PointType.APPLICATION_CONSISTENT;
            case Custom(PointId id) -> p -> p.id().equals(id);
        };
        return points.stream()
                .filter(fits)
                .reduce((_, later) -> later)
                .orElseThrow(() -> new RecoveryException("No recovery point fits " + this + " for machine " + machine
                        + ", which has " + points.size()
                        + " points: nothing was started. Pick one that `points list` shows."));
    }
}

package dev.breakwater.desktop.policies;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the list of policies shows, in the engine's order.
record PoliciesModel(List<Row> rows) {

    private static final Duration EVERYTHING = Duration.ofHours(2);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration A_WEEK = Duration.ofDays(7);

    PoliciesModel {
        rows = List.copyOf(rows);
    }

    /// A policy and how many machines follow it.
    record Row(ReplicationPolicy policy, long machines) {}

    /// How the vault thins points out as they age, by the length of the retention.
    enum Thinning {
        /// Only the newest point is kept.
        NEWEST,
        /// Every point is kept to the end.
        EVERY,
        /// After two hours one an hour.
        HOURLY,
        /// After two hours one every two hours.
        TWO_HOURS,
        /// The same, and after a week one every four hours.
        FOUR_HOURS
    }

    /// Why a policy cannot be deleted.
    enum Undeletable {
        /// Every engine has it.
        DEFAULT,
        /// Machines follow it.
        FOLLOWED
    }

    /// The engine would refuse to delete it for that reason; nothing if it would not.
    static Optional<Undeletable> undeletable(Row row) {
        if (row.policy().name().equals(ReplicationPolicy.DEFAULT.name())) {
            return Optional.of(Undeletable.DEFAULT);
        }
        return row.machines() > 0 ? Optional.of(Undeletable.FOLLOWED) : Optional.empty();
    }

    /// All names.
    List<String> names() {
        return rows.stream().map(row -> row.policy().name()).toList();
    }

    static PoliciesModel of(Figures figures) {
        return new PoliciesModel(figures.policies().stream()
                .map(policy -> new Row(
                        policy,
                        figures.machines().stream()
                                .filter(machine -> policy.name().equals(machine.policy()))
                                .count()))
                .toList());
    }

    /// Which rows of the retention grid a policy reaches.
    static Thinning thinning(ReplicationPolicy policy) {
        Duration kept = policy.retention();
        if (kept.isZero()) {
            return Thinning.NEWEST;
        }
        if (kept.compareTo(EVERYTHING) <= 0) {
            return Thinning.EVERY;
        }
        if (kept.compareTo(A_DAY) <= 0) {
            return Thinning.HOURLY;
        }
        return kept.compareTo(A_WEEK) <= 0 ? Thinning.TWO_HOURS : Thinning.FOUR_HOURS;
    }
}

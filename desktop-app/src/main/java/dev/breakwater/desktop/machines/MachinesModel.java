package dev.breakwater.desktop.machines;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The rows that a filter lets through, in order.
///
/// @param shown these rows
/// @param all how many there are in all
/// @param policies names of all policies, for the filter
record MachinesModel(List<MachineRow> shown, int all, List<String> policies) {

    /// What the table is asked to show.
    record Query(MachineFilter filter, MachineColumn sort, boolean descending) {}

    /// All rows of one round of questions by name, worked out once however often they are filtered and sorted.
    ///
    /// @param testCounts how long a test counts
    record Rows(Figures figures, Duration testCounts, List<MachineRow> all) {

        /// Whether they are of the very same round; to compare all that two rounds say would take longer.
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(Figures round, Duration counts) {
            return figures == round && testCounts.equals(counts);
        }

        static Rows of(Figures figures, Duration testCounts) {
            Map<String, Duration> thresholds = new HashMap<>();
            figures.policies().forEach(policy -> thresholds.put(policy.name(), policy.rpoThreshold()));
            return new Rows(
                    figures,
                    testCounts,
                    figures.machines().stream()
                            .map(machine -> MachineRow.of(machine, thresholds, figures.takenAt(), testCounts))
                            .sorted(Comparator.comparing(row -> row.machine().name()))
                            .toList());
        }
    }

    static MachinesModel of(Rows rows, Query query) {
        String[] words = query.filter().words();
        Stream<MachineRow> shown = query.filter().isEmpty()
                ? rows.all().stream()
                : rows.all().stream().filter(row -> query.filter().matches(row, words));
        return new MachinesModel(
                // The sort is stable: machines that are alike stay by name.
                shown.sorted(query.sort().order(query.descending())).toList(),
                rows.all().size(),
                rows.figures().policies().stream()
                        .map(ReplicationPolicy::name)
                        .sorted()
                        .toList());
    }
}

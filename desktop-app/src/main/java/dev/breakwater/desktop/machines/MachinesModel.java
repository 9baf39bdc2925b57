package dev.breakwater.desktop.machines;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rows that a filter lets through, in order.
///
/// @param shown these rows
/// @param all how many there are in all
/// @param policies names of all policies, for the filter
record MachinesModel(List<MachineRow> shown, int all, List<String> policies) {

    /// What the table is asked to show.
    record Query(MachineFilter filter, MachineColumn sort, boolean descending) {}

    static MachinesModel of(Figures figures, Query query) {
        Map<String, Duration> thresholds = new HashMap<>();
        figures.policies().forEach(policy -> thresholds.put(policy.name(), policy.rpoThreshold()));
        String[] words = query.filter().words();
        List<MachineRow> shown = figures.machines().stream()
                .map(machine -> MachineRow.of(machine, thresholds, figures.takenAt()))
                .filter(row -> query.filter().matches(row, words))
                .sorted(query.sort().order(query.descending()))
                .toList();
        return new MachinesModel(
                shown,
                figures.machines().size(),
                figures.policies().stream()
                        .map(ReplicationPolicy::name)
                        .sorted()
                        .toList());
    }
}

package dev.breakwater.desktop.dashboard;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many protected machines have an RPO in which span.
///
/// @param within one per class: up to the bound of the class; beyond the last bound the last
/// @param overPolicy those of each class that are over their own policy's threshold
/// @param unknown protected machines without a point, or not heard
record RpoDistribution(List<Integer> within, List<Integer> overPolicy, int unknown) {

    /// Upper bounds of all classes but the last, which has none.
    static final List<Duration> BOUNDS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(4));

    static RpoDistribution of(List<MachineView> machines, List<ReplicationPolicy> policies) {
        Map<String, Duration> thresholds = new HashMap<>();
        policies.forEach(policy -> thresholds.put(policy.name(), policy.rpoThreshold()));
        Integer[] within = new Integer[BOUNDS.size() + 1];
        Integer[] over = new Integer[BOUNDS.size() + 1];
        java.util.Arrays.fill(within, 0);
        java.util.Arrays.fill(over, 0);
        int unknown = 0;
        for (MachineView machine : machines) {
            if (machine.state() == ProtectionState.UNPROTECTED) {
                continue;
            }
            Long seconds = machine.rpoSeconds();
            if (seconds == null) {
                unknown++;
                continue;
            }
            int index = index(Duration.ofSeconds(seconds));
            within[index]++;
            Duration threshold = machine.policy() == null ? null : thresholds.get(machine.policy());
            if (threshold != null && Duration.ofSeconds(seconds).compareTo(threshold) > 0) {
                over[index]++;
            }
        }
        return new RpoDistribution(List.of(within), List.of(over), unknown);
    }

    /// Whether it is of no machine at all.
    boolean isEmpty() {
        return unknown == 0 && within.stream().allMatch(count -> count == 0);
    }

    private static int index(Duration rpo) {
        int index = 0;
        while (index < BOUNDS.size() && rpo.compareTo(BOUNDS.get(index)) > 0) {
            index++;
        }
        return index;
    }
}

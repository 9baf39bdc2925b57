package dev.breakwater.desktop.policies;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What it does to put machines under a policy.
///
/// @param after that policy
/// @param changing the machines that follow another one now
/// @param before how many of these follow which
record FollowModel(ReplicationPolicy after, List<MachineView> changing, Map<ReplicationPolicy, Long> before) {

    FollowModel {
        changing = List.copyOf(changing);
        before = Map.copyOf(before);
    }

    /// Machines of which a policy that is not known is followed are counted as changing, without a cost.
    static FollowModel of(List<MachineView> machines, List<ReplicationPolicy> policies, ReplicationPolicy after) {
        List<MachineView> changing = machines.stream()
                .filter(machine -> !after.name().equals(machine.policy()))
                .toList();
        Map<String, Long> followers = new HashMap<>();
        changing.forEach(machine -> followers.merge(String.valueOf(machine.policy()), 1L, Long::sum));
        Map<ReplicationPolicy, Long> before = new HashMap<>();
        policies.stream()
                .filter(policy -> followers.containsKey(policy.name()))
                .forEach(policy -> before.put(policy, followers.getOrDefault(policy.name(), 0L)));
        return new FollowModel(after, changing, before);
    }

    /// How many machines lose points in that way.
    long losing(PolicyChangeModel.Effect effect) {
        return before.entrySet().stream()
                .filter(each -> new PolicyChangeModel(each.getKey(), after, each.getValue()).effect() == effect)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// How many machines are over the new limit at once, which they are not by the one they have.
    long overLimit() {
        Map<String, Duration> limits = new HashMap<>();
        before.keySet().forEach(policy -> limits.put(policy.name(), policy.rpoThreshold()));
        long most = after.rpoThreshold().toSeconds();
        return changing.stream()
                .filter(machine -> {
                    Long age = machine.rpoSeconds();
                    Duration limit = limits.get(machine.policy());
                    return age != null && limit != null && age > most && age <= limit.toSeconds();
                })
                .count();
    }

    /// What all machines that change have in common today; nothing if they differ.
    <T> Optional<T> now(Function<ReplicationPolicy, T> what) {
        List<T> values = before.keySet().stream().map(what).distinct().toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /// How many of a machine's points are older than a retention. The newest stays, however old.
    static long older(List<RecoveryPoint> points, Duration retention, Instant now) {
        return points.stream()
                .limit(Math.max(0, points.size() - 1))
                .filter(point -> point.time().isBefore(now.minus(retention)))
                .count();
    }
}

package dev.breakwater.desktop.policies;

import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A policy as somebody types it. Its limits are the engine's own, so that nothing is refused only after it was sent.
///
/// @param typed what stands in each of [#FIELDS]
public record PolicyFields(Map<String, String> typed) {

    /// The name; it stays for ever.
    public static final String NAME = "name";

    private static final String RPO = "rpo";
    private static final String RETENTION = "retention";
    private static final String CRASH = "crash";
    private static final String APP = "app";

    /// In the order of a form.
    public static final List<String> FIELDS = List.of(NAME, RPO, RETENTION, CRASH, APP);

    /// What a new policy begins with.
    public static final PolicyFields USUAL =
            new PolicyFields(Map.of(NAME, "", RPO, "15m", RETENTION, "3d", CRASH, "5m", APP, "0s"));

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration HALF_DAY = Duration.ofHours(12);
    private static final Duration LONGEST = Duration.ofDays(15);

    public PolicyFields {
        typed = Map.copyOf(typed);
    }

    /// The fields of a policy that is there.
    public static PolicyFields of(ReplicationPolicy policy) {
        return new PolicyFields(Map.of(
                NAME, policy.name(),
                RPO, Span.format(policy.rpoThreshold()),
                RETENTION, Span.format(policy.retention()),
                CRASH, Span.format(policy.crashConsistentEvery()),
                APP, Span.format(policy.applicationConsistentEvery())));
    }

    /// The same with something else in a field.
    public PolicyFields with(String field, String text) {
        Map<String, String> changed = new HashMap<>(typed);
        changed.put(field, text);
        return new PolicyFields(changed);
    }

    /// What stands in a field.
    public String field(String field) {
        return typed.getOrDefault(field, "").strip();
    }

    /// What is wrong with a field: the last word of the text `policies.problem.…`.
    ///
    /// @param taken names that other policies have
    public Optional<String> problem(String field, Collection<String> taken) {
        return switch (field) {
            case NAME -> nameProblem(taken);
            case RPO -> within(field, MINUTE, LONGEST);
            case RETENTION -> within(field, Duration.ZERO, LONGEST);
            case CRASH -> within(field, SHORTEST, HALF_DAY);
            default -> appProblem();
        };
    }

    private Optional<String> nameProblem(Collection<String> taken) {
        if (!field(NAME).matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}")) {
            return Optional.of("name");
        }
        return taken.contains(field(NAME)) ? Optional.of("name-taken") : Optional.empty();
    }

    private Optional<String> appProblem() {
        Optional<Duration> every = Span.parse(field(APP));
        if (every.isEmpty() || every.get().isZero()) {
            return every.isEmpty() ? Optional.of("span") : Optional.empty();
        }
        Optional<Duration> kept = Span.parse(field(RETENTION)).filter(length -> !length.isZero());
        return kept.isPresent() && every.get().compareTo(kept.get()) >= 0
                ? Optional.of("app-retention")
                : within(APP, SHORTEST, HALF_DAY);
    }

    private Optional<String> within(String field, Duration least, Duration most) {
        Optional<Duration> length = Span.parse(field(field));
        if (length.isEmpty()) {
            return Optional.of("span");
        }
        boolean fits = length.get().compareTo(least) >= 0 && length.get().compareTo(most) <= 0;
        return fits ? Optional.empty() : Optional.of(field);
    }

    /// The policy, if the fields can be one.
    public Optional<ReplicationPolicy> policy() {
        List<Duration> spans = FIELDS.stream()
                .skip(1)
                .flatMap(field -> Span.parse(field(field)).stream())
                .toList();
        if (spans.size() != FIELDS.size() - 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ReplicationPolicy(field(NAME), spans.get(0), spans.get(1), spans.get(2), spans.get(3)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package dev.breakwater.desktop.setup;

import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The policy that was chosen or described.
///
/// @param existing name of the one that is there; empty for a new one
/// @param fields what was typed, by [#FIELDS]
record PolicyModel(String existing, Map<String, String> fields) {

    static final String NAME = "policy.name";
    static final String RPO = "policy.rpo";
    static final String RETENTION = "policy.retention";
    static final String CRASH = "policy.crash";
    static final String APP = "policy.app";

    /// In the order of the page.
    static final List<String> FIELDS = List.of(NAME, RPO, RETENTION, CRASH, APP);

    /// `existing` or `new`.
    static final String MODE = "policy.mode";

    /// Name of the existing one.
    static final String CHOSEN = "policy.chosen";

    static final String NEW = "new";

    private static final Map<String, String> USUAL =
            Map.of(NAME, "", RPO, "15m", RETENTION, "3d", CRASH, "5m", APP, "0s");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration HALF_DAY = Duration.ofHours(12);
    private static final Duration LONGEST = Duration.ofDays(15);

    static PolicyModel of(SetupDraft draft) {
        Map<String, String> fields = new LinkedHashMap<>();
        FIELDS.forEach(field -> fields.put(field, draft.answers().getOrDefault(field, USUAL.getOrDefault(field, ""))));
        String chosen = draft.answer(CHOSEN);
        boolean fresh = draft.answer(MODE).equals(NEW);
        return new PolicyModel(fresh ? "" : chosen.isEmpty() ? ReplicationPolicy.DEFAULT.name() : chosen, fields);
    }

    boolean isNew() {
        return existing.isEmpty();
    }

    /// The policy's name.
    String name() {
        return isNew() ? field(NAME) : existing;
    }

    String field(String field) {
        return fields.getOrDefault(field, "").strip();
    }

    /// What is wrong with a field: the last word of the text's key.
    Optional<String> problem(String field, List<ReplicationPolicy> there) {
        return switch (field) {
            case NAME -> nameProblem(there);
            case RPO -> within(field, MINUTE, LONGEST);
            case RETENTION -> within(field, Duration.ZERO, LONGEST);
            case CRASH -> within(field, SHORTEST, HALF_DAY);
            default -> appProblem();
        };
    }

    private Optional<String> nameProblem(List<ReplicationPolicy> there) {
        if (!field(NAME).matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}")) {
            return Optional.of("name");
        }
        return there.stream()
                        .anyMatch(policy -> policy.name().equals(field(NAME))
                                && !Optional.of(policy).equals(policy()))
                ? Optional.of("name-taken")
                : Optional.empty();
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
        return fits ? Optional.empty() : Optional.of(field.substring(field.indexOf('.') + 1));
    }

    /// The new policy, if its fields can be one.
    Optional<ReplicationPolicy> policy() {
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

    /// The same by hand.
    static String command(ReplicationPolicy policy, String options) {
        return "breakwater policies create --name " + CommandWords.quoted(policy.name())
                + " --rpo-threshold " + Span.format(policy.rpoThreshold())
                + " --retention " + Span.format(policy.retention())
                + " --crash-consistent " + Span.format(policy.crashConsistentEvery())
                + " --app-consistent " + Span.format(policy.applicationConsistentEvery()) + options;
    }
}

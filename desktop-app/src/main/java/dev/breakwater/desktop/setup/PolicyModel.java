package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.policies.PolicyFields;
import dev.breakwater.desktop.policies.Span;
import dev.breakwater.model.ReplicationPolicy;
import java.util.List;
import java.util.Optional;

/// The chosen policy, or the fields of a new one.
///
/// @param existing name of the one that is there; empty for a new one
/// @param fields what was typed for a new one
record PolicyModel(String existing, PolicyFields fields) {

    /// `existing` or `new`.
    static final String MODE = "policy.mode";

    /// Name of the existing one.
    static final String CHOSEN = "policy.chosen";

    static final String NEW = "new";

    static PolicyModel of(SetupDraft draft) {
        PolicyFields fields = PolicyFields.USUAL;
        for (String field : PolicyFields.FIELDS) {
            String answer = draft.answers().get(key(field));
            fields = answer == null ? fields : fields.with(field, answer);
        }
        String chosen = draft.answer(CHOSEN);
        boolean fresh = draft.answer(MODE).equals(NEW);
        return new PolicyModel(fresh ? "" : chosen.isEmpty() ? ReplicationPolicy.DEFAULT.name() : chosen, fields);
    }

    /// Under which a field's answer is kept.
    static String key(String field) {
        return "policy." + field;
    }

    boolean isNew() {
        return existing.isEmpty();
    }

    /// The policy's name.
    String name() {
        return isNew() ? fields.field(PolicyFields.NAME) : existing;
    }

    /// Names that the new one may not have. One that is already as it should be may be met again: set-up is resumed.
    List<String> taken(List<ReplicationPolicy> there) {
        Optional<ReplicationPolicy> made = fields.policy();
        return there.stream()
                .filter(policy -> !Optional.of(policy).equals(made))
                .map(ReplicationPolicy::name)
                .toList();
    }

    /// The new policy, if its fields can be one.
    Optional<ReplicationPolicy> policy() {
        return fields.policy();
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

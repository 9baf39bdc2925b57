package dev.breakwater.desktop.setup;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What was answered so far. Immutable; holds no secret.
///
/// @param step word of the step that is open
/// @param answers by key; the first word of a key is its step's
/// @param done steps that were left with Next
/// @param again done steps whose earlier ones have changed since
public record SetupDraft(String step, Map<String, String> answers, Set<String> done, Set<String> again) {

    /// Longer than any list of disks that an answer can be.
    static final int MAX_ANSWER = 64 * 1024;

    public SetupDraft {
        answers = Map.copyOf(answers);
        done = Set.copyOf(done);
        again = Set.copyOf(again);
    }

    /// How far a step is.
    enum State {
        OPEN,
        DONE,
        AGAIN
    }

    static SetupDraft beginningAt(String step) {
        return new SetupDraft(step, Map.of(), Set.of(), Set.of());
    }

    /// An answer, empty if there is none.
    String answer(String key) {
        return answers.getOrDefault(key, "");
    }

    SetupDraft at(String other) {
        return new SetupDraft(other, answers, done, again);
    }

    /// With another answer. If its step was done, the done steps after it have to be looked at again.
    ///
    /// @param order words of all steps in their order
    SetupDraft answered(String key, String value, List<String> order) {
        if (answer(key).equals(value)) {
            return this;
        }
        if (value.length() > MAX_ANSWER) {
            throw new IllegalArgumentException("an answer of " + value.length() + " characters");
        }
        Map<String, String> more = new TreeMap<>(answers);
        if (value.isEmpty()) {
            more.remove(key);
        } else {
            more.put(key, value);
        }
        String changed = key.substring(0, key.indexOf('.'));
        Set<String> doubtful = new TreeSet<>(again);
        if (done.contains(changed)) {
            order.subList(order.indexOf(changed) + 1, order.size()).stream()
                    .filter(done::contains)
                    .forEach(doubtful::add);
        }
        return new SetupDraft(step, more, done, doubtful);
    }

    SetupDraft completed(String finished) {
        Set<String> more = new TreeSet<>(done);
        more.add(finished);
        Set<String> doubtful = new TreeSet<>(again);
        doubtful.remove(finished);
        return new SetupDraft(step, answers, more, doubtful);
    }

    State stateOf(String word) {
        return again.contains(word) ? State.AGAIN : done.contains(word) ? State.DONE : State.OPEN;
    }
}

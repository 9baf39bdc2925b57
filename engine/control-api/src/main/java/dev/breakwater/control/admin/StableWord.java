package dev.breakwater.control.admin;

import dev.breakwater.control.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A word by which the engine tells what it means in every language, and the values that belong to it. A reader that
/// knows the word puts it into its own words; another one shows the English text that comes along.
///
/// The last word of a value's name says what it is: `minutes`, `percent` and `count` are whole numbers, `time` is an
/// instant as ISO 8601 writes it, `kind` the name of a [JobView.Kind]; all else is a text as it was told: a name, a
/// number of a thing, what a machine or a server said itself.
public sealed interface StableWord permits ProblemCause, EventKind, JobStep {

    /// Longest value, in characters; what is longer is cut.
    int MAX_VALUE = 1000;

    /// Longest word, of a cause or of a value's name.
    int MAX_WORD = 100;

    /// Most values of a word.
    int MAX_VALUES = 20;

    /// The name of the constant.
    String name();

    /// The names of its values, in order.
    List<String> valueNames();

    /// The word as it is told: `rpo-exceeded`.
    default String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The values by their names.
    ///
    /// @param values one for each name, in the order of the names
    default Map<String, String> named(Object... values) {
        List<String> names = valueNames();
        if (names.size() != values.length) {
            throw new IllegalArgumentException(
                    word() + " has the values " + names + ", and " + values.length + " were given.");
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            named.put(names.get(i), cut(String.valueOf(values[i]), MAX_VALUE));
        }
        return named;
    }

    /// The values as they came, none if they are missing.
    ///
    /// @throws IllegalArgumentException if they are more or longer than any that are told
    static Map<String, String> checked(@Nullable Map<String, String> values) {
        Map<String, String> checked = Field.map(values, "values", MAX_VALUES);
        checked.forEach((name, value) -> {
            Field.text(name, "values", MAX_WORD);
            Field.text(value, name, MAX_VALUE);
        });
        return checked;
    }

    /// The constant with that word; none if a newer engine told it.
    static <E extends Enum<E> & StableWord> Optional<E> of(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.word().equals(word))
                .findFirst();
    }

    /// The text, with an ellipsis in place of what is beyond the bound.
    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}

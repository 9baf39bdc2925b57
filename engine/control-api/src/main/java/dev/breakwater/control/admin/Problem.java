package dev.breakwater.control.admin;

import dev.breakwater.control.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Why something is not as it should be.
///
/// @param cause the word of a [ProblemCause], or of one that a newer engine tells
/// @param values what belongs to the cause, by [ProblemCause#valueNames]; and as [#NAME] whom it concerns, in a list of
///     several machines and servers
/// @param text all of it in English, for logs, the command line and readers that do not know the cause
public record Problem(String cause, Map<String, String> values, String text) {

    /// The value that says whom it concerns.
    public static final String NAME = "name";

    static final int MAX_TEXT = 1500;

    public Problem {
        cause = Field.text(cause, "cause", StableWord.MAX_WORD);
        values = StableWord.checked(values);
        text = Field.text(text, "text", MAX_TEXT);
    }

    /// The same in a list of several machines and servers.
    public Problem of(String name) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(NAME, StableWord.cut(name, StableWord.MAX_VALUE));
        return new Problem(cause, more, StableWord.cut(name + ": " + text, MAX_TEXT));
    }

    /// All texts as one.
    public static String texts(List<Problem> problems) {
        return problems.stream().map(Problem::text).collect(Collectors.joining(" "));
    }
}

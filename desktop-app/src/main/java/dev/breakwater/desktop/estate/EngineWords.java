package dev.breakwater.desktop.estate;

import dev.breakwater.control.admin.JobStep;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.admin.ProblemCause;
import dev.breakwater.control.admin.StableWord;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the engine tells by stable words, as sentences of the reader's language. Where this console lacks the word, or
/// the engine a value, the engine's own English text stands.
///
/// @param units how figures are written, and in which language
public record EngineWords(Units units) {

    private Texts texts() {
        return units.texts();
    }

    /// A problem; in a list of several machines and servers with the name before it.
    public String of(Problem problem) {
        String name = problem.values().get(Problem.NAME);
        return StableWord.of(ProblemCause.class, problem.cause())
                .flatMap(cause -> sentence("estate.problem", cause, problem.values()))
                .map(sentence -> name == null ? sentence : texts().get("estate.problem-of", name, sentence))
                .orElse(problem.text());
    }

    /// All problems of one, as one text.
    public String of(List<Problem> problems) {
        return problems.stream().map(this::of).collect(Collectors.joining(" "));
    }

    /// What a step of a job is called.
    public String of(JobView.Step step) {
        return StableWord.of(JobStep.class, step.name())
                .flatMap(known -> sentence("estate.step", known, Map.of()))
                .orElse(step.title());
    }

    /// The sentence for a word.
    ///
    /// @param prefix of the text's key
    /// @param word whose name ends the key
    /// @param values by name; the places of the text are in the order of the word's names
    /// @return none if a value is missing or is not what its name says
    public <E extends Enum<E> & StableWord> Optional<String> sentence(
            String prefix, E word, Map<String, String> values) {
        List<String> figures = new ArrayList<>();
        for (String name : word.valueNames()) {
            Optional<String> figure = Optional.ofNullable(values.get(name)).flatMap(value -> figure(name, value));
            if (figure.isEmpty()) {
                return Optional.empty();
            }
            figures.add(figure.get());
        }
        return Optional.of(texts().get(prefix + "." + word.name(), figures.toArray()));
    }

    private Optional<String> figure(String name, String value) {
        try {
            return Optional.of(
                    switch (lastWord(name)) {
                        case "minutes" -> units.duration(Duration.ofMinutes(Long.parseLong(value)));
                        case "percent" -> units.percent(Long.parseLong(value) / 100.0);
                        case "count" -> units.count(Long.parseLong(value));
                        case "time" -> units.moment(Instant.parse(value));
                        case "kind" -> texts().of("estate.job", JobView.Kind.valueOf(value));
                        default -> value;
                    });
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /// `minutes` of `minutes` and of `thresholdMinutes`.
    private static String lastWord(String name) {
        int start = name.length() - 1;
        while (start > 0 && Character.isLowerCase(name.charAt(start))) {
            start--;
        }
        return name.substring(start).toLowerCase(Locale.ROOT);
    }
}

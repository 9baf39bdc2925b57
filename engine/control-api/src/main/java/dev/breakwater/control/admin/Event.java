package dev.breakwater.control.admin;

import dev.breakwater.control.Field;
import dev.breakwater.model.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happened.
///
/// @param number grows by one per event
/// @param time when
/// @param severity how bad
/// @param kind the word of an [EventKind], or of one that a newer engine tells
/// @param machine whom it is about
/// @param job the job it belongs to
/// @param values what belongs to the kind, by [EventKind#valueNames]; none in an event that an older engine wrote
/// @param problems why, where health is not normal: the first few
/// @param text all of it in English, for logs, the command line and readers that do not know the kind
public record Event(
        long number,
        Instant time,
        Health severity,
        String kind,
        @Nullable MachineId machine,
        @Nullable UUID job,
        Map<String, String> values,
        List<Problem> problems,
        String text) {

    /// More than anybody reads in a line.
    public static final int MAX_PROBLEMS = 4;

    /// Longest text of a new event, in characters: a page of events must fit an answer. Older engines wrote longer
    /// ones.
    private static final int MAX_TEXT = 3000;

    public Event {
        Field.required(time, "time");
        Field.required(severity, "severity");
        Field.required(kind, "kind");
        values = StableWord.checked(values);
        problems = Field.list(problems, "problems", MAX_PROBLEMS);
        Field.required(text, "text");
    }

    /// An event that happens now; it gets its number where it is written down.
    ///
    /// @param values one for each of the kind's names
    public static Event of(
            Instant time,
            Health severity,
            EventKind kind,
            @Nullable MachineId machine,
            @Nullable UUID job,
            String text,
            Object... values) {
        return new Event(
                0,
                time,
                severity,
                kind.word(),
                machine,
                job,
                kind.named(values),
                List.of(),
                StableWord.cut(text, MAX_TEXT));
    }

    /// The same with its number and the time at which it was written down.
    public Event numbered(long given, Instant written) {
        return new Event(given, written, severity, kind, machine, job, values, problems, text);
    }

    /// The same with the first of these problems.
    public Event because(List<Problem> all) {
        List<Problem> first = all.subList(0, Math.min(MAX_PROBLEMS, all.size()));
        return new Event(number, time, severity, kind, machine, job, values, first, text);
    }
}

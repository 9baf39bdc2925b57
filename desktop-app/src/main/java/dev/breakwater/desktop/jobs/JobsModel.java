package dev.breakwater.desktop.jobs;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.Step;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the list of jobs shows.
///
/// @param shown jobs that the filter lets through, newest first
/// @param counts how many there are in each state among those of the machine that is asked for
/// @param all how many that are together
record JobsModel(List<JobView> shown, Map<JobView.State, Integer> counts, int all) {

    /// More than this nobody reads, and the engine gives no more at once.
    static final int MOST = 1000;

    JobsModel {
        shown = List.copyOf(shown);
    }

    /// The list for a filter.
    ///
    /// @param state a state's name in lower case, or empty
    /// @param machine part of a machine's name, or empty
    static JobsModel of(List<JobView> jobs, String state, String machine) {
        String wanted = machine.strip().toLowerCase(Locale.ROOT);
        List<JobView> ofMachine = jobs.stream()
                .filter(job -> wanted.isEmpty() || name(job).contains(wanted))
                .toList();
        Map<JobView.State, Integer> counts = new EnumMap<>(JobView.State.class);
        for (JobView.State each : JobView.State.values()) {
            counts.put(each, 0);
        }
        ofMachine.forEach(job -> counts.merge(job.state(), 1, Integer::sum));
        return new JobsModel(
                ofMachine.stream()
                        .filter(job -> state.isEmpty() || job.state().name().equalsIgnoreCase(state))
                        .toList(),
                counts,
                ofMachine.size());
    }

    private static String name(JobView job) {
        return job.machineName() == null ? "" : job.machineName().toLowerCase(Locale.ROOT);
    }

    /// What is known after the engine has told its newest jobs: these, then what was known of older ones.
    static List<JobView> merged(List<JobView> known, List<JobView> newest) {
        Set<UUID> told = new HashSet<>();
        newest.forEach(job -> told.add(job.id()));
        List<JobView> merged = new ArrayList<>(newest);
        known.stream().filter(job -> !told.contains(job.id())).forEach(merged::add);
        return List.copyOf(merged.subList(0, Math.min(merged.size(), MOST)));
    }

    /// The job that an address names, if it is known.
    static Optional<JobView> find(List<JobView> jobs, String id) {
        return jobs.stream().filter(job -> job.id().toString().equals(id)).findFirst();
    }

    /// How long a job took, or has taken by now.
    static Duration length(JobView job, Instant now) {
        return between(job.createdAt(), job.finishedAt() == null ? now : job.finishedAt());
    }

    /// How long a step took, or has taken by now; unknown if it has not begun, or its end was not written down.
    static @Nullable Duration length(Step step, Instant now) {
        Instant began = step.startedAt();
        Instant end = step.finishedAt() == null && !step.state().finished() ? now : step.finishedAt();
        return began == null || end == null ? null : between(began, end);
    }

    /// Not below zero: the engine's clock need not be ours.
    private static Duration between(Instant begin, Instant end) {
        Duration length = Duration.between(begin, end);
        return length.isNegative() ? Duration.ZERO : length;
    }

    /// What a step has moved; empty if it moves nothing.
    static String bytes(Step step, Texts texts, Units units) {
        if (step.totalBytes() > 0) {
            return texts.get("jobs.bytes", units.bytes(step.doneBytes()), units.bytes(step.totalBytes()));
        }
        return step.doneBytes() > 0 ? units.bytes(step.doneBytes()) : "";
    }
}

package dev.breakwater.desktop.estate;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.Step;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long jobs and their steps take, and what they move.
public final class JobFigures {

    private JobFigures() {}

    /// How long a job took, or has taken by now.
    public static Duration length(JobView job, Instant now) {
        return between(job.createdAt(), job.finishedAt() == null ? now : job.finishedAt());
    }

    /// How long a step took, or has taken by now; unknown if it has not begun, or its end was not written down.
    public static @Nullable Duration length(Step step, Instant now) {
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
    public static String moved(Step step, Texts texts, Units units) {
        if (step.totalBytes() > 0) {
            return texts.get("estate.job-bytes", units.bytes(step.doneBytes()), units.bytes(step.totalBytes()));
        }
        return step.doneBytes() > 0 ? units.bytes(step.doneBytes()) : "";
    }
}

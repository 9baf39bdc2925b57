package dev.breakwater.configurationserver.jobs;

import dev.breakwater.control.ApiError;
import dev.breakwater.control.admin.JobResult;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.State;
import dev.breakwater.control.admin.JobView.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How jobs move, as pure functions. A move that changes nothing gives the same job back.
public final class JobMoves {

    private JobMoves() {}

    /// A step that has not begun.
    public static Step waiting(String name, String title) {
        return new Step(name, title, State.WAITING, null, null, 0, 0, null);
    }

    /// The step of that name runs, and those before it are done.
    public static JobView begin(JobView job, String name, Instant now) {
        int index = index(job, name);
        if (job.state().finished() || index < 0 || job.steps().get(index).state() != State.WAITING) {
            return job;
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < job.steps().size(); i++) {
            Step step = job.steps().get(i);
            steps.add(i < index ? ended(step, State.SUCCEEDED, now) : i == index ? begun(step, now) : step);
        }
        return with(job, State.RUNNING, null, steps, job.error(), job.result());
    }

    /// A step that was not planned runs, and those before it are done.
    public static JobView append(JobView job, String name, String title, Instant now) {
        if (index(job, name) >= 0) {
            return begin(job, name, now);
        }
        List<Step> steps = new ArrayList<>(job.steps());
        steps.add(waiting(name, title));
        return begin(with(job, job.state(), null, steps, job.error(), job.result()), name, now);
    }

    /// The step is done.
    public static JobView succeed(JobView job, String name, Instant now) {
        return change(job, name, step -> ended(step, State.SUCCEEDED, now));
    }

    /// The step has moved data.
    public static JobView moved(JobView job, String name, long doneBytes, long totalBytes) {
        return change(
                job,
                name,
                step -> new Step(
                        step.name(),
                        step.title(),
                        step.state(),
                        step.startedAt(),
                        step.finishedAt(),
                        doneBytes,
                        totalBytes,
                        step.detail()));
    }

    /// Says something about the step.
    public static JobView detail(JobView job, String name, @Nullable String detail) {
        return change(
                job,
                name,
                step -> new Step(
                        step.name(),
                        step.title(),
                        step.state(),
                        step.startedAt(),
                        step.finishedAt(),
                        step.doneBytes(),
                        step.totalBytes(),
                        detail));
    }

    /// Something has come out.
    public static JobView result(JobView job, JobResult result) {
        return result.equals(job.result())
                ? job
                : with(job, job.state(), job.finishedAt(), job.steps(), job.error(), result);
    }

    /// All is done.
    public static JobView succeed(JobView job, Instant now) {
        if (job.state().finished()) {
            return job;
        }
        List<Step> steps = job.steps().stream()
                .map(step -> ended(step, State.SUCCEEDED, now))
                .toList();
        return with(job, State.SUCCEEDED, now, steps, null, job.result());
    }

    /// It ends without success; the step that runs is the one that failed.
    public static JobView fail(JobView job, ApiError error, Instant now) {
        if (job.state().finished()) {
            return job;
        }
        List<Step> steps = job.steps().stream()
                .map(step -> step.state() == State.RUNNING ? ended(step, State.FAILED, now) : step)
                .toList();
        return with(job, State.FAILED, now, steps, error, job.result());
    }

    private static JobView change(JobView job, String name, UnaryOperator<Step> move) {
        int index = index(job, name);
        if (job.state().finished() || index < 0) {
            return job;
        }
        Step moved = move.apply(job.steps().get(index));
        if (moved.equals(job.steps().get(index))) {
            return job;
        }
        List<Step> steps = new ArrayList<>(job.steps());
        steps.set(index, moved);
        return with(job, job.state(), null, steps, job.error(), job.result());
    }

    private static Step begun(Step step, Instant now) {
        return new Step(
                step.name(),
                step.title(),
                State.RUNNING,
                now,
                null,
                step.doneBytes(),
                step.totalBytes(),
                step.detail());
    }

    private static Step ended(Step step, State state, Instant now) {
        if (step.state().finished()) {
            return step;
        }
        Instant started = step.startedAt() == null ? now : step.startedAt();
        long done = state == State.SUCCEEDED ? step.totalBytes() : step.doneBytes();
        return new Step(step.name(), step.title(), state, started, now, done, step.totalBytes(), step.detail());
    }

    private static int index(JobView job, String name) {
        for (int i = 0; i < job.steps().size(); i++) {
            if (job.steps().get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static JobView with(
            JobView job,
            State state,
            @Nullable Instant finishedAt,
            List<Step> steps,
            @Nullable ApiError error,
            JobResult result) {
        return new JobView(
                job.id(),
                job.version() + 1,
                job.kind(),
                job.machine(),
                job.machineName(),
                state,
                job.createdAt(),
                finishedAt,
                state == State.SUCCEEDED ? 1 : progress(steps),
                steps,
                error,
                result);
    }

    private static double progress(List<Step> steps) {
        double sum = 0;
        for (Step step : steps) {
            if (step.state() == State.SUCCEEDED) {
                sum += 1;
            } else if (step.totalBytes() > 0) {
                sum += Math.clamp((double) step.doneBytes() / step.totalBytes(), 0, 1);
            }
        }
        return steps.isEmpty() ? 0 : sum / steps.size();
    }
}

package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.launcher.process.Interruption;
import dev.breakwater.launcher.terminal.ProgressBar;
import dev.breakwater.launcher.terminal.Screen;
import dev.breakwater.launcher.terminal.Sizes;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/// Waits for a job and shows what came of it.
final class JobOutput {

    /// The longest that a command waits: an initial replication of many terabytes over a slow line.
    private static final Duration PATIENCE = Duration.ofDays(7);

    private JobOutput() {}

    /// Ends a command that ordered a job.
    ///
    /// @param result what to print as JSON when the job has succeeded
    /// @param text the same for people
    /// @return the command's exit code
    static int finish(
            EngineOptions engine,
            AdminClient client,
            JobView ordered,
            boolean wait,
            Function<JobView, Object> result,
            Function<JobView, String> text)
            throws Exception {
        if (!wait) {
            engine.print(ordered, "Job " + ordered.id() + " (" + ordered.kind() + ") is ordered; see `jobs list`.");
            return 0;
        }
        JobView ended = await(client, ordered, !engine.json());
        if (ended.state() == JobView.State.FAILED) {
            if (engine.json()) {
                engine.print(ended, "");
            }
            throw new IOException("The job " + ended.id() + " (" + ended.kind() + ") failed: "
                    + (ended.error() == null
                            ? "it says no reason."
                            : ended.error().text()));
        }
        engine.print(result.apply(ended), text.apply(ended));
        return 0;
    }

    private static JobView await(AdminClient client, JobView ordered, boolean show) throws Exception {
        boolean terminal = Screen.interactive();
        ProgressBar bar = new ProgressBar(System.err, ordered.kind().name(), terminal);
        JobView ended;
        try (var _ = new Interruption()) {
            ended = client.await(ordered.id(), PATIENCE, job -> {
                if (show) {
                    bar.show(Math.round(job.progress() * 1000), 1000, note(job));
                }
            });
        } catch (InterruptedException e) {
            throw new IOException(
                    "You stopped waiting; the job " + ordered.id() + " (" + ordered.kind()
                            + ") goes on in the engine. `breakwater jobs list` shows how it ends.",
                    e);
        }
        if (show) {
            bar.end();
        }
        return ended;
    }

    private static String note(JobView job) {
        return job.steps().stream()
                .filter(step -> step.state() == JobView.State.RUNNING)
                .findFirst()
                .map(step -> step.title()
                        + (step.totalBytes() > 0
                                ? ": " + Sizes.format(step.doneBytes()) + " of " + Sizes.format(step.totalBytes())
                                : ""))
                .orElse(job.state().name());
    }
}

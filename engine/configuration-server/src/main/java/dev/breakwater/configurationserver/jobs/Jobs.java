package dev.breakwater.configurationserver.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.JobTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.ApiError;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.JobResult;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.JobView.Kind;
import dev.breakwater.control.admin.JobView.State;
import dev.breakwater.control.admin.JobView.Step;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Jobs in the database: creating them and writing their moves, with the event at their end.
public final class Jobs {

    private Jobs() {}

    /// Adds a job whose first step runs.
    ///
    /// @param request what has to be known to go on after a restart
    public static JobView create(
            Transaction tx, UUID id, Kind kind, MachineRow machine, List<Step> steps, Object request) {
        JobView planned = new JobView(
                id,
                1,
                kind,
                machine.id(),
                machine.name(),
                State.RUNNING,
                tx.now(),
                null,
                0,
                steps,
                null,
                JobResult.EMPTY);
        JobView job = steps.isEmpty()
                ? planned
                : JobMoves.begin(planned, steps.getFirst().name(), tx.now());
        try {
            JobTable.insert(tx, job, ControlJson.mapper().writeValueAsString(request));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A job's request cannot be written as JSON.", e);
        }
        EventTable.add(tx, Health.NORMAL, "job-created", machine.id(), id, sentence(job) + " began.");
        return job;
    }

    /// Writes a move, if it changed anything.
    public static JobView save(Transaction tx, JobView before, JobView after) {
        if (after.version() == before.version()) {
            return before;
        }
        JobTable.update(tx, after);
        if (after.state().finished() && !before.state().finished()) {
            ApiError error = after.error();
            boolean succeeded = after.state() == State.SUCCEEDED;
            EventTable.add(
                    tx,
                    succeeded ? Health.NORMAL : Health.WARNING,
                    succeeded ? "job-succeeded" : "job-failed",
                    after.machine(),
                    after.id(),
                    sentence(after) + (succeeded ? " succeeded." : " failed: " + (error == null ? "" : error.text())));
        }
        return after;
    }

    private static String sentence(JobView job) {
        return "The job \"" + job.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "\" of "
                + job.machineName();
    }
}

package dev.breakwater.configurationserver.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.JobTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.ApiError;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.EventKind;
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
        EventTable.add(
                tx,
                Health.NORMAL,
                EventKind.JOB_CREATED,
                machine.id(),
                id,
                sentence(job) + " began.",
                job.kind(),
                machine.name());
        return job;
    }

    /// Writes a move, if it changed anything.
    public static JobView save(Transaction tx, JobView before, JobView after) {
        if (after.version() == before.version()) {
            return before;
        }
        JobTable.update(tx, after);
        if (after.state().finished() && !before.state().finished()) {
            EventTable.add(tx, ended(tx, after));
        }
        return after;
    }

    private static Event ended(Transaction tx, JobView job) {
        String name = String.valueOf(job.machineName());
        if (job.state() == State.SUCCEEDED) {
            return Event.of(
                    tx.now(),
                    Health.NORMAL,
                    EventKind.JOB_SUCCEEDED,
                    job.machine(),
                    job.id(),
                    sentence(job) + " succeeded.",
                    job.kind(),
                    name);
        }
        ApiError why = job.error();
        String error = why == null ? "" : why.text();
        return Event.of(
                tx.now(),
                Health.WARNING,
                EventKind.JOB_FAILED,
                job.machine(),
                job.id(),
                sentence(job) + " failed: " + error,
                job.kind(),
                name,
                error);
    }

    private static String sentence(JobView job) {
        return "The job \"" + job.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "\" of "
                + job.machineName();
    }
}

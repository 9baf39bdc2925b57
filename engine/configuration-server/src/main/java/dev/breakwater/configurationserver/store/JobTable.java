package dev.breakwater.configurationserver.store;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.model.MachineId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Jobs, and what was asked for.
public final class JobTable {

    /// Finished jobs beyond this many are forgotten, oldest first.
    private static final int KEPT = 10_000;

    private JobTable() {}

    /// What is waited for when a job moves.
    public static String topic(UUID id) {
        return "job:" + id;
    }

    /// Adds a job.
    ///
    /// @param request what was asked for, as JSON
    public static void insert(Transaction tx, JobView job, String request) {
        tx.handle()
                .createUpdate("INSERT INTO job (id, created_at, machine, kind, finished, document, request)"
                        + " VALUES (:id, :created, :machine, :kind, 0, :document, :request)")
                .bind("id", job.id().toString())
                .bind("created", job.createdAt().toEpochMilli())
                .bind("machine", job.machine() == null ? null : job.machine().toString())
                .bind("kind", job.kind().name())
                .bind("document", Transaction.json(job))
                .bind("request", request)
                .execute();
        tx.handle()
                .createUpdate("DELETE FROM job WHERE finished = 1 AND created_at <"
                        + " (SELECT created_at FROM job ORDER BY created_at DESC LIMIT 1 OFFSET :kept)")
                .bind("kept", KEPT)
                .execute();
        tx.moves(topic(job.id()));
    }

    /// Writes where the job stands.
    public static void update(Transaction tx, JobView job) {
        tx.handle()
                .createUpdate("UPDATE job SET finished = :finished, document = :document WHERE id = :id")
                .bind("id", job.id().toString())
                .bind("finished", job.state().finished() ? 1 : 0)
                .bind("document", Transaction.json(job))
                .execute();
        tx.moves(topic(job.id()));
    }

    /// The job of that identity.
    public static Optional<JobView> byId(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("SELECT document FROM job WHERE id = :id")
                .bind("id", id.toString())
                .map((row, context) -> Transaction.value(row.getString(1), JobView.class))
                .findOne();
    }

    /// What was asked for.
    public static <T> T request(Transaction tx, UUID id, Class<T> type) {
        return tx.handle()
                .createQuery("SELECT request FROM job WHERE id = :id")
                .bind("id", id.toString())
                .map((row, context) -> Transaction.value(row.getString(1), type))
                .one();
    }

    /// The newest jobs, newest first.
    public static List<JobView> newest(Transaction tx, @Nullable MachineId machine, int limit) {
        return tx.handle()
                .createQuery("SELECT document FROM job WHERE :machine IS NULL OR machine = :machine"
                        + " ORDER BY created_at DESC, id LIMIT :limit")
                .bind("machine", machine == null ? null : machine.toString())
                .bind("limit", limit)
                .map((row, context) -> Transaction.value(row.getString(1), JobView.class))
                .list();
    }

    /// Jobs that have not ended, oldest first.
    public static List<JobView> unfinished(Transaction tx) {
        return tx.handle()
                .createQuery("SELECT document FROM job WHERE finished = 0 ORDER BY created_at")
                .map((row, context) -> Transaction.value(row.getString(1), JobView.class))
                .list();
    }

    /// Jobs about the machine that have not ended, oldest first.
    public static List<JobView> unfinished(Transaction tx, MachineId machine) {
        return tx.handle()
                .createQuery("SELECT document FROM job WHERE finished = 0 AND machine = :machine ORDER BY created_at")
                .bind("machine", machine.toString())
                .map((row, context) -> Transaction.value(row.getString(1), JobView.class))
                .list();
    }
}

package dev.breakwater.configurationserver.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// When this server ran.
public final class RunTable {

    /// What is told of, and an hour more.
    private static final Duration KEPT = Duration.ofHours(25);

    private RunTable() {}

    /// A time during which it ran.
    public record Run(Instant startedAt, Instant aliveUntil) {}

    /// It runs still; the first time begins a run.
    ///
    /// @param startedAt when this run began
    public static void alive(Transaction tx, Instant startedAt) {
        tx.handle()
                .createUpdate("INSERT INTO engine_run (started_at, alive_until) VALUES (:started, :now)"
                        + " ON CONFLICT (started_at) DO UPDATE SET alive_until = MAX(alive_until, :now)")
                .bind("started", startedAt.toEpochMilli())
                .bind("now", tx.now().toEpochMilli())
                .execute();
        tx.handle()
                .createUpdate("DELETE FROM engine_run WHERE alive_until < :cut")
                .bind("cut", tx.now().minus(KEPT).toEpochMilli())
                .execute();
    }

    /// The runs that are remembered, in order.
    public static List<Run> all(Transaction tx) {
        return tx.handle()
                .createQuery("SELECT started_at, alive_until FROM engine_run ORDER BY started_at")
                .map((row, context) -> new Run(
                        Instant.ofEpochMilli(row.getLong("started_at")),
                        Instant.ofEpochMilli(row.getLong("alive_until"))))
                .list();
    }
}

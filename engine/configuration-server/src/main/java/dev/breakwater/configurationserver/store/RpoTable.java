package dev.breakwater.configurationserver.store;

import dev.breakwater.model.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How old the newest point of a machine was whenever that changed, over a bit more than a day.
public final class RpoTable {

    /// What is told of, and an hour more, so that the beginning is known too.
    private static final Duration KEPT = Duration.ofHours(25);

    /// Points may come each five seconds; a chart of a day shows half a minute at best. What is left out makes the RPO
    /// look older by as much, never younger.
    private static final Duration FINEST = Duration.ofSeconds(30);

    private RpoTable() {}

    /// From that time on the newest point was so old, and grew older.
    ///
    /// @param age nothing if nothing is known from then on
    public record Mark(Instant at, @Nullable Duration age) {}

    /// Another point is the newest now, or none is.
    public static void add(Transaction tx, MachineId machine, @Nullable Duration age) {
        if (age != null && tooSoon(tx, machine)) {
            return;
        }
        tx.handle()
                .createUpdate("INSERT INTO rpo_mark (machine, at, age_millis) VALUES (:machine, :now, :age)"
                        + " ON CONFLICT (machine, at) DO UPDATE SET age_millis = :age")
                .bind("machine", machine.toString())
                .bind("now", tx.now().toEpochMilli())
                .bind("age", age == null ? null : (Long) age.toMillis())
                .execute();
        tx.handle()
                .createUpdate("DELETE FROM rpo_mark WHERE machine = :machine AND at <"
                        + " (SELECT MAX(at) FROM rpo_mark WHERE machine = :machine AND at <= :cut)")
                .bind("machine", machine.toString())
                .bind("cut", tx.now().minus(KEPT).toEpochMilli())
                .execute();
    }

    private static boolean tooSoon(Transaction tx, MachineId machine) {
        return tx.handle()
                        .createQuery("SELECT COUNT(*) FROM rpo_mark WHERE machine = :machine AND at > :soonest"
                                + " AND at <= :now AND age_millis IS NOT NULL")
                        .bind("machine", machine.toString())
                        .bind("soonest", tx.now().minus(FINEST).toEpochMilli())
                        .bind("now", tx.now().toEpochMilli())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /// The marks that tell of a time since then: the last one before it and all after it, in order.
    public static List<Mark> since(Transaction tx, MachineId machine, Instant from) {
        return tx.handle()
                .createQuery("SELECT at, age_millis FROM rpo_mark WHERE machine = :machine AND at >="
                        + " COALESCE((SELECT MAX(at) FROM rpo_mark WHERE machine = :machine AND at <= :from), 0)"
                        + " AND at <= :now ORDER BY at")
                .bind("machine", machine.toString())
                .bind("from", from.toEpochMilli())
                .bind("now", tx.now().toEpochMilli())
                .map((row, context) -> {
                    Instant at = Instant.ofEpochMilli(row.getLong("at"));
                    long age = row.getLong("age_millis");
                    return new Mark(at, row.wasNull() ? null : Duration.ofMillis(age));
                })
                .list();
    }
}

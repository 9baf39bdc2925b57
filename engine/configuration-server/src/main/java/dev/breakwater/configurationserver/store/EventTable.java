package dev.breakwater.configurationserver.store;

import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.log.LogContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happened.
public final class EventTable {

    /// What is waited for when something happens.
    public static final String TOPIC = "events";

    /// Events beyond this many are forgotten, oldest first.
    private static final int KEPT = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(EventTable.class);

    private EventTable() {}

    /// Adds an event.
    ///
    /// @param text in English
    /// @param values one for each of the kind's names
    public static void add(
            Transaction tx,
            Health severity,
            EventKind kind,
            @Nullable MachineId machine,
            @Nullable UUID job,
            String text,
            Object... values) {
        add(tx, Event.of(tx.now(), severity, kind, machine, job, text, values));
    }

    /// Adds an event; it gets its number here.
    public static void add(Transaction tx, Event event) {
        tx.handle()
                .createUpdate("INSERT INTO event (time, document) VALUES (:time, :document)")
                .bind("time", event.time().toEpochMilli())
                .bind("document", Transaction.json(event))
                .execute();
        tx.handle()
                .createUpdate("DELETE FROM event WHERE number <= (SELECT MAX(number) FROM event) - :kept")
                .bind("kept", KEPT)
                .execute();
        tx.tells(event);
        tx.moves(TOPIC);
    }

    /// Puts an event into the log, in the lines of its machine and its job.
    static void log(Event event) {
        try (LogContext.Scope _ = event.machine() == null ? () -> {} : LogContext.machine(event.machine(), null);
                LogContext.Scope _ = event.job() == null ? () -> {} : LogContext.job(event.job(), null)) {
            if (event.severity() == Health.NORMAL) {
                LOG.info("{}", event.text());
            } else {
                LOG.warn("{}", event.text());
            }
        }
    }

    /// Events after that number, oldest first.
    ///
    /// @param machine only those about it; all if absent
    public static List<Event> after(Transaction tx, @Nullable MachineId machine, long number, int limit) {
        return list(tx, "number > :number", "number", machine, number, limit);
    }

    /// Events before that number, newest first.
    ///
    /// @param machine only those about it; all if absent
    public static List<Event> before(Transaction tx, @Nullable MachineId machine, long number, int limit) {
        return list(tx, "number < :number", "number DESC", machine, number, limit);
    }

    /// Those of one machine are picked out on the way: at most [#KEPT] are looked at, and newer ones are few.
    private static List<Event> list(
            Transaction tx, String which, String order, @Nullable MachineId machine, long number, int limit) {
        return tx.handle()
                .createQuery("SELECT number, time, document FROM event WHERE " + which
                        + " AND (:machine IS NULL OR json_extract(document, '$.machine') = :machine) ORDER BY " + order
                        + " LIMIT :limit")
                .bind("machine", machine == null ? null : machine.toString())
                .bind("number", number)
                .bind("limit", limit)
                .map((row, context) -> {
                    Event stored = Transaction.value(row.getString("document"), Event.class);
                    return stored.numbered(row.getLong("number"), Instant.ofEpochMilli(row.getLong("time")));
                })
                .list();
    }
}

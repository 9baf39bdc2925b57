package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.RpoTable;
import dev.breakwater.configurationserver.store.RpoTable.Mark;
import dev.breakwater.configurationserver.store.RunTable;
import dev.breakwater.configurationserver.store.RunTable.Run;
import dev.breakwater.control.admin.RpoHistory;
import dev.breakwater.control.admin.RpoHistory.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The RPO of machines over a day, put together from when their newest point changed and when this server ran.
public final class RpoHistories {

    private static final Duration SPAN = Duration.ofHours(24);

    private final Database database;
    private final Instant startedAt;

    /// Histories of the machines of that database.
    ///
    /// @param startedAt when this server began to run
    public RpoHistories(Database database, Instant startedAt) {
        this.database = database;
        this.startedAt = startedAt;
    }

    /// This server runs still. What it did not say so of for longer is a gap.
    public void alive() {
        database.write(tx -> {
            RunTable.alive(tx, startedAt);
            return true;
        });
    }

    /// The history of one machine.
    public RpoHistory of(String reference) {
        return database.read(tx -> {
            Instant from = tx.now().minus(SPAN);
            List<Mark> marks = RpoTable.since(tx, Lookup.machine(tx, reference).id(), from);
            List<Run> runs = new ArrayList<>(RunTable.all(tx));
            runs.removeIf(run -> run.startedAt().toEpochMilli() == startedAt.toEpochMilli());
            runs.add(new Run(startedAt, tx.now()));
            return new RpoHistory(from, tx.now(), stretches(marks, runs, from, tx.now()));
        });
    }

    private static List<Stretch> stretches(List<Mark> marks, List<Run> runs, Instant from, Instant now) {
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            Duration age = mark.age();
            if (age == null) {
                continue;
            }
            Instant end = i + 1 < marks.size() ? marks.get(i + 1).at() : now;
            for (Run run : runs) {
                Instant begin = latest(latest(mark.at(), from), run.startedAt());
                Instant until = run.aliveUntil().isBefore(end) ? run.aliveUntil() : end;
                if (begin.isBefore(until)) {
                    long seconds = age.plus(Duration.between(mark.at(), begin)).toSeconds();
                    stretches.add(new Stretch(begin, until, seconds));
                }
            }
        }
        return stretches;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

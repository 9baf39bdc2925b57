package dev.breakwater.desktop.shell;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.door.Connection;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What the status bar and the bell say.
///
/// @param connection whether the engine is heard
/// @param age of what is shown
/// @param takenAt when the engine was heard last; absent if never
/// @param problem why it is not heard; absent while it is
/// @param runningJobs jobs not finished; absent if not known
/// @param worstRpo the oldest newest point of a protected machine; absent if not known
/// @param worstMachine whose that is
/// @param attention how many things an administrator should look at
record StatusModel(
        Connection connection,
        Duration age,
        @Nullable Instant takenAt,
        @Nullable String problem,
        @Nullable Integer runningJobs,
        @Nullable Duration worstRpo,
        @Nullable String worstMachine,
        int attention) {

    static StatusModel of(Snapshot snapshot) {
        Figures figures = snapshot.figures();
        if (figures == null) {
            return new StatusModel(
                    snapshot.connection(), snapshot.age(), null, snapshot.problem(), null, null, null, 0);
        }
        @Nullable
        MachineView worst = figures.machines().stream()
                .filter(machine -> machine.rpoSeconds() != null)
                .max(Comparator.comparingLong(StatusModel::rpo))
                .orElse(null);
        return new StatusModel(
                snapshot.connection(),
                snapshot.age(),
                figures.takenAt(),
                snapshot.problem(),
                figures.status().runningJobs(),
                worst == null ? null : Duration.ofSeconds(rpo(worst)),
                worst == null ? null : worst.name(),
                figures.status().problems().size());
    }

    private static long rpo(MachineView machine) {
        Long seconds = machine.rpoSeconds();
        return seconds == null ? -1 : seconds;
    }

    String connectionText(Texts texts, Units units) {
        String word = texts.of("shell.connection", connection);
        return switch (connection) {
            case LIVE, CONNECTING, ABSENT -> word;
            case STALE, OFFLINE, STOPPED ->
                takenAt == null
                        ? word
                        : texts.get("shell.connection.since", word, units.timeOfDay(takenAt), units.duration(age));
        };
    }

    String jobsText(Texts texts) {
        return runningJobs == null ? texts.get("shell.jobs.unknown") : texts.get("shell.jobs", runningJobs);
    }

    String worstText(Texts texts, Units units) {
        return worstRpo == null
                ? texts.get("shell.rpo.unknown")
                : texts.get("shell.rpo", units.duration(worstRpo), worstMachine == null ? "" : worstMachine);
    }
}

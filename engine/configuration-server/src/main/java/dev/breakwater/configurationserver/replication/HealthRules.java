package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.replication.LiveStatus.MachineHeard;
import dev.breakwater.configurationserver.replication.LiveStatus.ServerHeard;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.processserver.ProcessServerHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// When health is not normal: the thresholds of Azure Site Recovery.
final class HealthRules {

    private static final Duration SILENT = Duration.ofMinutes(2);
    private static final Duration LOST = Duration.ofMinutes(15);
    /// Time synchronisation keeps clocks far closer; a status is never under way for so long.
    private static final Duration WRONG_CLOCK = Duration.ofMinutes(1);

    private static final long DRAIN_WARNING_SECONDS = 30 * 60;
    private static final long DRAIN_CRITICAL_SECONDS = 45 * 60;

    private HealthRules() {}

    /// A process server's health; what is not normal is added to the problems.
    static Health ofProcessServer(@Nullable ServerHeard heard, Instant now, List<String> problems) {
        if (heard == null) {
            problems.add("It has not been heard since the configuration server started.");
            return Health.CRITICAL;
        }
        ProcessServerHealth health = heard.health();
        return Health.worst(Stream.of(
                silence(heard.at(), now, problems),
                above("Processor load", health.cpuPercent(), 80, 95, problems),
                above("Memory in use", health.memoryPercent(), 80, 95, problems),
                below("Free cache space", health.cacheFreePercent(), 30, 25, problems),
                drain(health.drainSeconds(), problems),
                remarks(health, problems)));
    }

    /// A machine's replication health; what is not normal is added to the problems.
    static Health ofMachine(
            @Nullable MachineHeard heard,
            Instant now,
            @Nullable Duration rpo,
            Duration threshold,
            List<String> problems) {
        Health health = Health.NORMAL;
        if (heard == null) {
            problems.add("The mobility service has not been heard since the configuration server started.");
            health = Health.WARNING;
        } else {
            health = Health.worst(Stream.of(silence(heard.at(), now, problems), clock(heard.ahead(), problems)));
            if (heard.status() != null && heard.status().state() == MachineState.BLOCKED) {
                problems.add("Replication stands still: "
                        + String.join(" ", heard.status().remarks()));
                health = Health.CRITICAL;
            } else if (heard.status() != null && heard.status().state() == MachineState.SPOOLING) {
                problems.add("The process server cannot be reached; changes are spooled on the machine.");
                health = Health.worst(Stream.of(health, Health.WARNING));
            }
        }
        if (rpo != null && rpo.compareTo(threshold) > 0) {
            problems.add("The newest recovery point is " + rpo.toMinutes() + " min old, past the threshold of "
                    + threshold.toMinutes() + " min.");
            health = Health.worst(Stream.of(health, Health.WARNING));
        }
        return health;
    }

    private static Health clock(@Nullable Duration ahead, List<String> problems) {
        if (ahead == null || ahead.abs().compareTo(WRONG_CLOCK) < 0) {
            return Health.NORMAL;
        }
        problems.add("The machine's clock is " + ahead.abs().toMinutes() + " min "
                + (ahead.isNegative() ? "behind" : "ahead of")
                + " the configuration server's, and so are the times of its recovery points; their order and what they hold"
                + " are right. Let both computers take their time from the network (NTP).");
        return Health.WARNING;
    }

    private static Health silence(Instant heardAt, Instant now, List<String> problems) {
        Duration silent = Duration.between(heardAt, now);
        if (silent.compareTo(SILENT) < 0) {
            return Health.NORMAL;
        }
        problems.add("Nothing has been heard for " + silent.toMinutes() + " min.");
        return silent.compareTo(LOST) < 0 ? Health.WARNING : Health.CRITICAL;
    }

    private static Health above(
            String what, @Nullable Double percent, int warning, int critical, List<String> problems) {
        if (percent == null || percent <= warning) {
            return Health.NORMAL;
        }
        problems.add(what + " is " + Math.round(percent) + " %.");
        return percent > critical ? Health.CRITICAL : Health.WARNING;
    }

    private static Health below(String what, double percent, int warning, int critical, List<String> problems) {
        if (percent >= warning) {
            return Health.NORMAL;
        }
        problems.add(what + " is " + Math.round(percent) + " %.");
        return percent < critical ? Health.CRITICAL : Health.WARNING;
    }

    private static Health drain(@Nullable Long seconds, List<String> problems) {
        if (seconds == null || seconds <= DRAIN_WARNING_SECONDS) {
            return Health.NORMAL;
        }
        problems.add("Uploading what waits takes " + seconds / 60 + " min.");
        return seconds > DRAIN_CRITICAL_SECONDS ? Health.CRITICAL : Health.WARNING;
    }

    /// What the process server itself says is wrong.
    private static Health remarks(ProcessServerHealth health, List<String> problems) {
        problems.addAll(health.remarks());
        if (!health.vaultReachable() && health.remarks().isEmpty()) {
            problems.add("The vault cannot be reached.");
        }
        return health.vaultReachable() && health.remarks().isEmpty() ? Health.NORMAL : Health.WARNING;
    }
}

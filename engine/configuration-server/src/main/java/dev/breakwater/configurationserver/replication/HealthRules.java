package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.replication.LiveStatus.MachineHeard;
import dev.breakwater.configurationserver.replication.LiveStatus.ServerHeard;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.admin.ProblemCause;
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

    private static final int CACHE_WARNING_PERCENT = 30;
    private static final int CACHE_CRITICAL_PERCENT = 25;
    private static final long DRAIN_WARNING_SECONDS = 30 * 60;
    private static final long DRAIN_CRITICAL_SECONDS = 45 * 60;

    private HealthRules() {}

    /// A process server's health; what is not normal is added to the problems.
    static Health ofProcessServer(@Nullable ServerHeard heard, Instant now, List<Problem> problems) {
        if (heard == null) {
            problems.add(ProblemCause.SERVER_NOT_HEARD.problem(
                    "It has not been heard since the configuration server started."));
            return Health.CRITICAL;
        }
        ProcessServerHealth health = heard.health();
        return Health.worst(Stream.of(
                silence(heard.at(), now, problems),
                above(ProblemCause.PROCESSOR_LOAD, "Processor load", health.cpuPercent(), 80, 95, problems),
                above(ProblemCause.MEMORY_IN_USE, "Memory in use", health.memoryPercent(), 80, 95, problems),
                cache(health.cacheFreePercent(), problems),
                drain(health.drainSeconds(), problems),
                remarks(health, problems)));
    }

    /// A machine's replication health; what is not normal is added to the problems.
    static Health ofMachine(
            @Nullable MachineHeard heard,
            Instant now,
            @Nullable Duration rpo,
            Duration threshold,
            List<Problem> problems) {
        Health health = Health.NORMAL;
        if (heard == null) {
            problems.add(ProblemCause.MACHINE_NOT_HEARD.problem(
                    "The mobility service has not been heard since the configuration server started."));
            health = Health.WARNING;
        } else {
            health = Health.worst(Stream.of(silence(heard.at(), now, problems), clock(heard.ahead(), problems)));
            if (heard.status() != null && heard.status().state() == MachineState.BLOCKED) {
                String said = String.join(" ", heard.status().remarks());
                problems.add(ProblemCause.REPLICATION_BLOCKED.problem("Replication stands still: " + said, said));
                health = Health.CRITICAL;
            } else if (heard.status() != null && heard.status().state() == MachineState.SPOOLING) {
                problems.add(ProblemCause.SPOOLING.problem(
                        "The process server cannot be reached; changes are spooled on the machine."));
                health = Health.worst(Stream.of(health, Health.WARNING));
            }
        }
        if (rpo != null && rpo.compareTo(threshold) > 0) {
            problems.add(ProblemCause.RPO_EXCEEDED.problem(
                    "The newest recovery point is " + rpo.toMinutes() + " min old, past the threshold of "
                            + threshold.toMinutes() + " min.",
                    rpo.toMinutes(),
                    threshold.toMinutes()));
            health = Health.worst(Stream.of(health, Health.WARNING));
        }
        return health;
    }

    private static Health clock(@Nullable Duration ahead, List<Problem> problems) {
        if (ahead == null || ahead.abs().compareTo(WRONG_CLOCK) < 0) {
            return Health.NORMAL;
        }
        long minutes = ahead.abs().toMinutes();
        ProblemCause cause = ahead.isNegative() ? ProblemCause.CLOCK_BEHIND : ProblemCause.CLOCK_AHEAD;
        problems.add(cause.problem(
                "The machine's clock is " + minutes + " min " + (ahead.isNegative() ? "behind" : "ahead of")
                        + " the configuration server's, and so are the times of its recovery points; their order and what"
                        + " they hold are right. Let both computers take their time from the network (NTP).",
                minutes));
        return Health.WARNING;
    }

    private static Health silence(Instant heardAt, Instant now, List<Problem> problems) {
        Duration silent = Duration.between(heardAt, now);
        if (silent.compareTo(SILENT) < 0) {
            return Health.NORMAL;
        }
        problems.add(ProblemCause.SILENT.problem(
                "Nothing has been heard for " + silent.toMinutes() + " min.", silent.toMinutes()));
        return silent.compareTo(LOST) < 0 ? Health.WARNING : Health.CRITICAL;
    }

    private static Health above(
            ProblemCause cause,
            String what,
            @Nullable Double percent,
            int warning,
            int critical,
            List<Problem> problems) {
        if (percent == null || percent <= warning) {
            return Health.NORMAL;
        }
        long rounded = Math.round(percent);
        problems.add(cause.problem(what + " is " + rounded + " %.", rounded));
        return percent > critical ? Health.CRITICAL : Health.WARNING;
    }

    private static Health cache(double freePercent, List<Problem> problems) {
        if (freePercent >= CACHE_WARNING_PERCENT) {
            return Health.NORMAL;
        }
        long rounded = Math.round(freePercent);
        problems.add(ProblemCause.CACHE_LOW.problem("Free cache space is " + rounded + " %.", rounded));
        return freePercent < CACHE_CRITICAL_PERCENT ? Health.CRITICAL : Health.WARNING;
    }

    private static Health drain(@Nullable Long seconds, List<Problem> problems) {
        if (seconds == null || seconds <= DRAIN_WARNING_SECONDS) {
            return Health.NORMAL;
        }
        problems.add(
                ProblemCause.UPLOAD_SLOW.problem("Uploading what waits takes " + seconds / 60 + " min.", seconds / 60));
        return seconds > DRAIN_CRITICAL_SECONDS ? Health.CRITICAL : Health.WARNING;
    }

    /// What the process server itself says is wrong.
    private static Health remarks(ProcessServerHealth health, List<Problem> problems) {
        health.remarks().forEach(remark -> problems.add(ProblemCause.SERVER_REMARK.problem(remark, remark)));
        if (!health.vaultReachable() && health.remarks().isEmpty()) {
            problems.add(ProblemCause.VAULT_UNREACHABLE.problem("The vault cannot be reached."));
        }
        return health.vaultReachable() && health.remarks().isEmpty() ? Health.NORMAL : Health.WARNING;
    }
}

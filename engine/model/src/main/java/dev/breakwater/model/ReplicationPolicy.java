package dev.breakwater.model;

import java.time.Duration;

/// How often points are taken and how long they are kept.
///
/// The ranges are those of Azure Site Recovery, save that the crash-consistent frequency, which is fixed at
/// five minutes there, may be chosen.
///
/// @param name unique among policies
/// @param rpoThreshold past this age of the newest point an alert is raised; it changes nothing else
/// @param retention how long points are kept: 0 (only the latest) to 15 days
/// @param crashConsistentEvery time between crash-consistent points: 5 s to 12 h
/// @param applicationConsistentEvery time between application-consistent points: up to 12 h; zero means none are taken
public record ReplicationPolicy(
        String name,
        Duration rpoThreshold,
        Duration retention,
        Duration crashConsistentEvery,
        Duration applicationConsistentEvery) {

    private static final Duration MAX_RETENTION = Duration.ofDays(15);
    private static final Duration MIN_FREQUENCY = Duration.ofSeconds(5);
    private static final Duration MAX_FREQUENCY = Duration.ofHours(12);

    /// The policy that every configuration server has from the start.
    public static final ReplicationPolicy DEFAULT = new ReplicationPolicy(
            "default", Duration.ofMinutes(60), Duration.ofHours(24), Duration.ofMinutes(5), Duration.ZERO);

    public ReplicationPolicy {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}")) {
            throw new IllegalArgumentException("A policy's name has 1 to 63 letters, digits, blanks, dots, hyphens or"
                    + " underscores and starts with a letter or digit: \"" + name + "\"");
        }
        require("RPO threshold", rpoThreshold, Duration.ofMinutes(1), Duration.ofDays(15));
        require("retention", retention, Duration.ZERO, MAX_RETENTION);
        require("crash-consistent frequency", crashConsistentEvery, MIN_FREQUENCY, MAX_FREQUENCY);
        if (!applicationConsistentEvery.isZero()) {
            require("application-consistent frequency", applicationConsistentEvery, MIN_FREQUENCY, MAX_FREQUENCY);
            if (!retention.isZero() && applicationConsistentEvery.compareTo(retention) >= 0) {
                throw new IllegalArgumentException(
                        "The application-consistent frequency must be shorter than the retention: points would be"
                                + " pruned before the next one is taken.");
            }
        }
    }

    private static void require(String what, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "The " + what + " must lie between " + min + " and " + max + ", but is " + value + ".");
        }
    }
}

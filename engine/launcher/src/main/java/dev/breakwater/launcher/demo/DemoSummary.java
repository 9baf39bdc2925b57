package dev.breakwater.launcher.demo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the demonstration did and measured; `--json FILE` gets it.
///
/// @param source where the practice machine's disk lay and how its writes were tracked
/// @param vault where the vault lay
/// @param initialReplication the first copy
/// @param recoveryPoints the points that the demonstration ordered, oldest first
/// @param rpoSeconds age of the newest recovery point at the moment the engine was taken away; null if there is none
/// @param testFailover the recovery from a point in the middle
/// @param verified the comparison of recovered disks with copies of the source taken at the point
/// @param vaultOnlyRecovery whether the machine came up from nothing but the vault and the recovery key
/// @param vaultOnlyBootSeconds how long that start took
/// @param kept folder with source copies, vault, key, serial logs and screenshots, if `--keep` was given
public record DemoSummary(
        String source,
        String vault,
        InitialReplication initialReplication,
        List<Point> recoveryPoints,
        @Nullable Double rpoSeconds,
        TestFailover testFailover,
        Verified verified,
        boolean vaultOnlyRecovery,
        double vaultOnlyBootSeconds,
        @Nullable String kept) {

    /// The first copy.
    ///
    /// @param bytes size of what was protected
    /// @param seconds from the order to the end of copying
    /// @param mbPerSecond millions of bytes per second
    public record InitialReplication(long bytes, double seconds, double mbPerSecond) {}

    /// A recovery point.
    ///
    /// @param id its identity
    /// @param type what it promises
    /// @param time the machine's clock at that instant
    /// @param freezeMillis how long the file systems stood still, without the command that copies them
    /// @param stallMillis how long a writer may have had to wait
    /// @param bytes how much had changed since the point before
    public record Point(String id, String type, Instant time, long freezeMillis, long stallMillis, long bytes) {}

    /// The recovery from a point in the middle.
    ///
    /// @param point which
    /// @param booted whether the machine gave its sign of life
    /// @param bootSeconds from switching on to the sign of life; null if there was none
    /// @param rtoSeconds from the order to the sign of life; null if there was none
    /// @param probe what the machine answered
    /// @param accelerator what executed its instructions
    /// @param screenshot picture of its screen
    public record TestFailover(
            String point,
            boolean booted,
            @Nullable Double bootSeconds,
            @Nullable Double rtoSeconds,
            String probe,
            @Nullable String accelerator,
            @Nullable String screenshot) {}

    /// The comparison.
    ///
    /// @param byteForByte whether every recovered disk equals its copy
    /// @param points how many points were compared
    public record Verified(boolean byteForByte, int points) {}
}

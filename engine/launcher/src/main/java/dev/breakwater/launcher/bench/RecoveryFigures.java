package dev.breakwater.launcher.bench;

import java.util.Map;

/// What `bench recovery` measured.
///
/// @param log what lies in the vault
/// @param opening opening it
/// @param scattered reads of 4 KiB of blocks that points have changed, at random
/// @param base reads of 4 KiB of what was copied once, at random
/// @param stream what was copied once, from start to end
/// @param streamBoundMb what is promised of it, MB/s
/// @param serverPeakMiB the most memory that the program that served it had resident
/// @param processors processors of this computer
record RecoveryFigures(
        Map<String, Object> log,
        Opening opening,
        Latency scattered,
        Latency base,
        Throughput stream,
        double streamBoundMb,
        double serverPeakMiB,
        int processors) {

    /// Opening a machine's log and a disk at a point in its middle.
    ///
    /// @param calls calls to the object store until the first block was read
    /// @param bound what is promised
    /// @param seconds the time of it
    /// @param peakMiB the most memory that the program that serves it had resident after its first answer
    /// @param boundMiB what is promised
    record Opening(long calls, long bound, double seconds, double peakMiB, double boundMiB) {}

    /// Answers of reads that were asked for one after another.
    ///
    /// @param reads how many
    /// @param medianMillis half were faster
    /// @param p99Millis 99 in 100 were faster
    /// @param boundMillis what is promised of p99
    record Latency(int reads, double medianMillis, double p99Millis, double boundMillis) {}
}

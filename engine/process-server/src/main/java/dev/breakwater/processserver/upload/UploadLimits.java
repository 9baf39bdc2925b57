package dev.breakwater.processserver.upload;

import java.time.Duration;

/// Bounds of the [UploadQueue].
///
/// @param memoryBytes sealed bytes that may wait in memory
/// @param cacheBytes sealed bytes that may wait in the cache folder; 0 for none
/// @param threads uploads at once
/// @param patience how long an upload is tried while the vault says that trying again may help
/// @param firstPause pause after the first failure; doubles with each further one
/// @param maxPause the longest pause
public record UploadLimits(
        long memoryBytes, long cacheBytes, int threads, Duration patience, Duration firstPause, Duration maxPause) {

    /// Of the size that Azure Site Recovery recommends for its smallest process server, scaled to what one machine's
    /// initial replication needs: 128 MiB are eight segments, 4 uploads at once fill a usual line, an hour bridges
    /// an outage of the store without making anybody start again, and a pause of at most 5 s notices its end soon:
    /// until then a machine that connects anew is told to come back. Four calls in 5 s disturb no store.
    public static final UploadLimits USUAL = new UploadLimits(
            128L << 20, 32L << 30, 4, Duration.ofHours(1), Duration.ofMillis(500), Duration.ofSeconds(5));
}

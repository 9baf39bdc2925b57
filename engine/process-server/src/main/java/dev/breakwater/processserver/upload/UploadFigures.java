package dev.breakwater.processserver.upload;

import java.util.OptionalLong;

/// How the upload is doing.
///
/// @param memoryBytes sealed bytes waiting in memory
/// @param cacheBytes sealed bytes waiting in the cache folder
/// @param cacheQuotaBytes what the cache folder may hold
/// @param uploadedBytes since the start
/// @param failedUploads tries since the start that the vault did not take
/// @param bytesPerSecond speed of late, while there was something to do; 0 until something was uploaded
/// @param vaultTrouble what the vault last failed with; empty if it took what it was given
/// @param cacheTrouble what the cache folder last failed with; empty if it took what it was given
public record UploadFigures(
        long memoryBytes,
        long cacheBytes,
        long cacheQuotaBytes,
        long uploadedBytes,
        long failedUploads,
        long bytesPerSecond,
        String vaultTrouble,
        String cacheTrouble) {

    /// Seconds until all that waits is in the vault, at the speed of late; empty while that is not known.
    public OptionalLong drainSeconds() {
        long waiting = memoryBytes + cacheBytes;
        if (waiting == 0) {
            return OptionalLong.of(0);
        }
        return bytesPerSecond == 0 ? OptionalLong.empty() : OptionalLong.of(waiting / bytesPerSecond);
    }

    /// Whether the vault's last answer was a failure.
    public boolean failing() {
        return !vaultTrouble.isEmpty();
    }

    /// Free share of the cache's quota; nothing of it is free while the folder takes nothing.
    public double cacheFreePercent() {
        if (!cacheTrouble.isEmpty()) {
            return 0;
        }
        return cacheQuotaBytes == 0 ? 100 : 100.0 * (cacheQuotaBytes - cacheBytes) / cacheQuotaBytes;
    }
}

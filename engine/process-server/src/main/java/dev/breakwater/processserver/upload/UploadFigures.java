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
/// @param failing whether the vault's last answer was a failure
public record UploadFigures(
        long memoryBytes,
        long cacheBytes,
        long cacheQuotaBytes,
        long uploadedBytes,
        long failedUploads,
        long bytesPerSecond,
        boolean failing) {

    /// Seconds until all that waits is in the vault, at the speed of late; empty while that is not known.
    public OptionalLong drainSeconds() {
        long waiting = memoryBytes + cacheBytes;
        if (waiting == 0) {
            return OptionalLong.of(0);
        }
        return bytesPerSecond == 0 ? OptionalLong.empty() : OptionalLong.of(waiting / bytesPerSecond);
    }

    /// Free share of the cache's quota.
    public double cacheFreePercent() {
        return cacheQuotaBytes == 0 ? 100 : 100.0 * (cacheQuotaBytes - cacheBytes) / cacheQuotaBytes;
    }
}

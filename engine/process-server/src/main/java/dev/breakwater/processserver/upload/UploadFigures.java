package dev.breakwater.processserver.upload;

/// How the upload is doing.
///
/// @param memoryBytes sealed bytes waiting in memory
/// @param cacheBytes sealed bytes waiting in the cache folder
/// @param cacheQuotaBytes what the cache folder may hold
/// @param uploadedBytes since the start
/// @param bytesPerSecond speed of late, while there was something to do
/// @param failing whether the vault's last answer was a failure
public record UploadFigures(
        long memoryBytes,
        long cacheBytes,
        long cacheQuotaBytes,
        long uploadedBytes,
        long bytesPerSecond,
        boolean failing) {

    /// Seconds until all that waits is in the vault, at the speed of late.
    public long drainSeconds() {
        long waiting = memoryBytes + cacheBytes;
        return waiting == 0 ? 0 : waiting / Math.max(1, bytesPerSecond);
    }

    /// Free share of the cache's quota.
    public double cacheFreePercent() {
        return cacheQuotaBytes == 0 ? 100 : 100.0 * (cacheQuotaBytes - cacheBytes) / cacheQuotaBytes;
    }
}

package dev.breakwater.control.machine;

import org.jspecify.annotations.Nullable;

/// What the mobility service has counted since it started.
///
/// @param points recovery points taken, sent or spooled
/// @param pointsNotTaken times that a point was due and could not be taken then
/// @param freezeMillis how long the file systems stood still, over all points
/// @param longestFreezeMillis the longest of them
/// @param stallMillis how long a writer may have waited, over all points
/// @param longestStallMillis the longest of them
/// @param trackedWrites writes that the kernel reported; absent where disks are compared by digest
/// @param trackingLosses times that writes may have gone unseen, each of which a comparison by digest makes good
/// @param sentBytes data of disks sent
/// @param spooledPoints recovery points that wait in the spool now
/// @param spoolQuotaBytes what the spool may hold
public record CaptureFigures(
        long points,
        long pointsNotTaken,
        long freezeMillis,
        long longestFreezeMillis,
        long stallMillis,
        long longestStallMillis,
        @Nullable Long trackedWrites,
        long trackingLosses,
        long sentBytes,
        int spooledPoints,
        long spoolQuotaBytes) {}

package dev.breakwater.launcher.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `bench replication` measured.
///
/// @param image the disk
/// @param source how it was attached and tracked
/// @param firstDisk the first disk that these programs ever copied: code is still being compiled
/// @param initialReplication the disks after it, from the start of `machines protect --wait` to its end
/// @param peers what else could have been done, measured before and after each of these
/// @param bareLoop the steps of a copy that cannot be left out, in one process: [BareLoop]
/// @param ofBareLoop our rate divided by it
/// @param emptyPointSeconds from the order of a recovery point to its durability when nothing has changed
/// @param resync a comparison of the unchanged disk with the vault
/// @param heldResync the same with the disk held to the rate that was asked for, if one was
/// @param export the newest point as a file
/// @param vaultBytes what one copy takes in the vault
/// @param ratio size of the disk divided by that
/// @param cpuSeconds processor time of the two programs during the last copy
/// @param peakMiB the most memory that each of the two programs ever had resident
/// @param processors processors of this computer
/// @param java version of the JVM
record ReplicationFigures(
        String image,
        String source,
        Throughput firstDisk,
        Throughput initialReplication,
        List<Peer> peers,
        Throughput bareLoop,
        double ofBareLoop,
        double emptyPointSeconds,
        Resync resync,
        @Nullable Resync heldResync,
        Export export,
        long vaultBytes,
        double ratio,
        PerProgram cpuSeconds,
        PerProgram peakMiB,
        int processors,
        String java) {

    /// Resynchronisation of an unchanged disk, from the order to the end of the job.
    ///
    /// @param compared how fast the disk was read and compared
    /// @param disk how fast the disk can be read past the page cache, by dd
    /// @param ratio the first divided by the second
    /// @param sentBytes content sent
    /// @param sentPercent the same in percent of the disk
    record Resync(Throughput compared, Throughput disk, double ratio, long sentBytes, double sentPercent) {}

    /// `vault export` into a file, from outside, durable.
    ///
    /// @param throughput ours
    /// @param peer what else could have been done
    /// @param exact whether every byte was that of the image
    record Export(Throughput throughput, Peer peer, boolean exact) {}

    /// A figure of each program.
    record PerProgram(double engine, double mobilityService) {

        PerProgram minus(PerProgram earlier) {
            return new PerProgram(engine - earlier.engine, mobilityService - earlier.mobilityService);
        }
    }
}

package dev.breakwater.control.processserver;

import dev.breakwater.control.Field;
import dev.breakwater.model.MachineId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a process server is doing, sent at the start and each 30 s, so that silence shows. What is not known is absent,
/// never 0.
///
/// @param version of the program
/// @param hosts names or addresses at which machines reach it, best first
/// @param replicationPort the port they reach it at
/// @param cpuPercent processor load over the last 15 min; absent until it has run that long
/// @param memoryPercent main memory in use; absent where the system does not tell
/// @param cacheFreePercent free share of the cache's quota
/// @param cacheBytes sealed data waiting in memory and on disk
/// @param pendingUploadBytes the same, not yet in the vault
/// @param drainSeconds how long the upload of that takes at the present speed; absent while the speed is not known
/// @param uploadBytesPerSecond present speed of upload; absent while nothing has been uploaded
/// @param vaultReachable whether the vault took or gave something lately
/// @param machines one entry per machine that is served
/// @param remarks what an administrator should know
/// @param counts what it has counted since it started; absent from older versions
/// @param throttle the limit in force; absent if there is none now
public record ProcessServerHealth(
        String version,
        List<String> hosts,
        int replicationPort,
        @Nullable Double cpuPercent,
        @Nullable Double memoryPercent,
        double cacheFreePercent,
        long cacheBytes,
        long pendingUploadBytes,
        @Nullable Long drainSeconds,
        @Nullable Long uploadBytesPerSecond,
        boolean vaultReachable,
        List<MachineTraffic> machines,
        List<String> remarks,
        @Nullable Counts counts,
        @Nullable ActiveThrottle throttle) {

    public ProcessServerHealth {
        Field.text(version, "version", 255);
        hosts = Field.list(hosts, "hosts", 64);
        machines = Field.list(machines, "machines", 10_000);
        remarks = Field.list(remarks, "remarks", 256);
    }

    /// Traffic of a machine.
    ///
    /// @param machine the machine
    /// @param connected whether it is connected now
    /// @param receivedBytes bytes of its disks, however they travelled, since the process server started
    /// @param bytesPerSecond present speed
    /// @param openBytes received and not durable in the vault yet
    /// @param creditBytes what it may send before it has to wait
    /// @param durablePoints recovery points made durable since the process server started
    /// @param heldBack whether it waits for credit that the throttle holds back
    public record MachineTraffic(
            MachineId machine,
            boolean connected,
            long receivedBytes,
            long bytesPerSecond,
            long openBytes,
            long creditBytes,
            long durablePoints,
            boolean heldBack) {

        public MachineTraffic {
            Field.required(machine, "machine");
        }
    }

    /// Counts since the process server started.
    ///
    /// @param uploadedBytes sealed bytes that the vault took
    /// @param failedUploads tries that the vault did not take
    /// @param maintenanceRuns how often a machine's part of the vault was looked after
    /// @param failedMaintenanceRuns how often that failed, to be tried again
    /// @param prunedPoints points that retention dropped
    /// @param compactedBytes data copied together from objects with little left in them
    /// @param deletedObjects objects of the vault that nothing needed any more
    public record Counts(
            long uploadedBytes,
            long failedUploads,
            long maintenanceRuns,
            long failedMaintenanceRuns,
            long prunedPoints,
            long compactedBytes,
            long deletedObjects) {}

    /// A limit in force.
    ///
    /// @param bytesPerSecond what all machines together may send
    /// @param until when it changes; absent if never
    public record ActiveThrottle(
            long bytesPerSecond, @Nullable Instant until) {}
}

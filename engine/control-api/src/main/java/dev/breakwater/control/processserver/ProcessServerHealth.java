package dev.breakwater.control.processserver;

import dev.breakwater.control.Field;
import dev.breakwater.model.MachineId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a process server is doing, sent at the start and each 30 s, so that silence shows.
///
/// @param version of the program
/// @param hosts names or addresses at which machines reach it, best first
/// @param replicationPort the port they reach it at
/// @param cpuPercent processor load over the last 15 min; null if unknown, as it is in the first 15 min
/// @param memoryPercent main memory in use; null if unknown
/// @param cacheFreePercent free share of the cache's volume or quota
/// @param cacheBytes sealed data waiting in memory and on disk
/// @param pendingUploadBytes the same, not yet in the vault
/// @param drainSeconds how long the upload of that takes at the present speed
/// @param uploadBytesPerSecond present speed of upload
/// @param vaultReachable whether the vault took or gave something lately
/// @param machines one entry per machine that is served
/// @param remarks what an administrator should know
public record ProcessServerHealth(
        String version,
        List<String> hosts,
        int replicationPort,
        @Nullable Double cpuPercent,
        @Nullable Double memoryPercent,
        double cacheFreePercent,
        long cacheBytes,
        long pendingUploadBytes,
        long drainSeconds,
        long uploadBytesPerSecond,
        boolean vaultReachable,
        List<MachineTraffic> machines,
        List<String> remarks) {

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
    /// @param receivedBytes since the process server started
    /// @param bytesPerSecond present speed
    public record MachineTraffic(MachineId machine, boolean connected, long receivedBytes, long bytesPerSecond) {

        public MachineTraffic {
            Field.required(machine, "machine");
        }
    }
}

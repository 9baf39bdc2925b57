package dev.breakwater.control.admin;

import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.ProcessServerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A machine.
///
/// @param id its identity
/// @param name what people call it
/// @param state where its protection stands
/// @param testFailoverState where its test failover stands
/// @param health how well its replication does
/// @param problems why health is not normal
/// @param policy name of its policy, while protected
/// @param processServer its process server, while protected
/// @param processServerName what people call that
/// @param disks its protected disks
/// @param lastHeartbeat when the mobility service was last heard
/// @param newestPoint the newest durable point
/// @param newestPointTime its time on the machine's clock
/// @param rpoSeconds age of the newest durable point now
/// @param status what the mobility service last told
/// @param inventory what the machine is made of
/// @param healthSince since when its health is what it is; absent if that was not seen yet
/// @param lastTest its newest test failover that was cleaned up
public record MachineView(
        MachineId id,
        String name,
        ProtectionState state,
        TestFailoverState testFailoverState,
        Health health,
        List<Problem> problems,
        @Nullable String policy,
        @Nullable ProcessServerId processServer,
        @Nullable String processServerName,
        List<ProtectedDisk> disks,
        @Nullable Instant lastHeartbeat,
        @Nullable PointId newestPoint,
        @Nullable Instant newestPointTime,
        @Nullable Long rpoSeconds,
        @Nullable MachineStatus status,
        @Nullable MachineInventory inventory,
        @Nullable Instant healthSince,
        @Nullable LastTest lastTest) {

    public MachineView {
        problems = List.copyOf(problems);
        disks = List.copyOf(disks);
    }

    /// A protected disk.
    ///
    /// @param id its identity in the vault
    /// @param device what the machine calls it
    /// @param sizeBytes its size, 0 if not known
    /// @param boot whether the machine starts from it
    public record ProtectedDisk(DiskId id, String device, long sizeBytes, boolean boot) {}
}

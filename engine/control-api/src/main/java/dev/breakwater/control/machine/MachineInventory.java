package dev.breakwater.control.machine;

import dev.breakwater.control.Field;
import dev.breakwater.model.Hardware;
import java.util.List;

/// What a machine is made of.
///
/// @param hostName its own name
/// @param operatingSystem name and version, for people
/// @param agentVersion version of the mobility service
/// @param firmware how it starts
/// @param cpus number of processors
/// @param memoryBytes main memory
/// @param networkCards one per card
/// @param disks every disk that could be protected
public record MachineInventory(
        String hostName,
        String operatingSystem,
        String agentVersion,
        Hardware.Firmware firmware,
        int cpus,
        long memoryBytes,
        List<Hardware.NetworkCard> networkCards,
        List<InventoryDisk> disks) {

    /// More disks than any machine that can be protected has (one boot disk, 64 data disks), with room for those that
    /// are left out.
    public static final int MAX_DISKS = 512;

    public MachineInventory {
        Field.text(hostName, "hostName", 255);
        Field.text(operatingSystem, "operatingSystem", 1024);
        Field.text(agentVersion, "agentVersion", 255);
        Field.required(firmware, "firmware");
        networkCards = Field.list(networkCards, "networkCards", 256);
        disks = Field.list(disks, "disks", MAX_DISKS);
    }

    /// A disk of the machine.
    ///
    /// @param device what the machine calls it
    /// @param sizeBytes capacity
    /// @param boot whether the machine starts from it
    /// @param model for people
    /// @param mounts where its file systems are mounted
    /// @param protectable empty if it can be protected, else why not
    public record InventoryDisk(
            String device, long sizeBytes, boolean boot, String model, List<String> mounts, String protectable) {

        public InventoryDisk {
            Field.text(device, "device", 4096);
            model = model == null ? "" : model;
            mounts = Field.list(mounts, "mounts", 1024);
            protectable = protectable == null ? "" : protectable;
        }
    }
}

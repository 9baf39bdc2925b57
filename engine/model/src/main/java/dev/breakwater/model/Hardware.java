package dev.breakwater.model;

import java.util.List;

/// What a site needs to know to build a machine like the protected one.
///
/// @param firmware how it starts
/// @param cpus number of processors, at least 1
/// @param memoryBytes main memory, 0 if unknown
/// @param networkCards one per card, in the machine's order
/// @param disks protected disks, in the machine's order
public record Hardware(
        Firmware firmware, int cpus, long memoryBytes, List<NetworkCard> networkCards, List<DiskDescription> disks) {

    /// How a machine starts.
    public enum Firmware {
        /// Legacy BIOS: a boot record on the boot disk.
        BIOS,
        /// UEFI: a boot loader on an EFI system partition.
        UEFI
    }

    /// A network card.
    ///
    /// @param name the machine's name for it
    /// @param macAddress six bytes in hex, separated by colons
    public record NetworkCard(String name, String macAddress) {}

    public Hardware {
        if (cpus < 1 || memoryBytes < 0) {
            throw new IllegalArgumentException(
                    "a machine with " + cpus + " processors and " + memoryBytes + " bytes of memory is impossible");
        }
        networkCards = List.copyOf(networkCards);
        disks = List.copyOf(disks);
    }
}

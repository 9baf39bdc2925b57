package dev.breakwater.mobility.discovery;

import java.util.List;

/// A whole disk of the machine.
///
/// @param device its path, for example `/dev/sda`
/// @param sizeBytes capacity
/// @param serial the maker's serial number or the world-wide name; empty if it has none
/// @param mounts file systems that stand on it, directly, by a partition, or stacked on those
/// @param boot whether the running system's root stands on it
/// @param swap whether active swap stands on it
public record DiscoveredDisk(
        String device, long sizeBytes, String serial, List<MountedFileSystem> mounts, boolean boot, boolean swap) {

    public DiscoveredDisk {
        mounts = List.copyOf(mounts);
    }
}

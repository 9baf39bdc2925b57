package dev.breakwater.mobility.discovery;

import java.io.IOException;
import java.util.List;

/// Tells what disks there are and what stands on them. Asks the kernel anew at each call.
public interface DiskDiscovery {

    /// The whole disks of the machine that have a size, without memory disks, optical drives and loop devices
    /// that are not set up.
    ///
    /// @throws IOException if the kernel's lists cannot be read
    List<DiscoveredDisk> disks() throws IOException;

    /// The file systems that stand on some of these disks, each once, in the order in which they are to be
    /// frozen: stacked ones before those that they stand on.
    ///
    /// @param devices paths of whole disks; a path that is no block device has no file systems
    /// @throws IOException if the kernel's lists cannot be read
    List<MountedFileSystem> fileSystemsOn(List<String> devices) throws IOException;
}

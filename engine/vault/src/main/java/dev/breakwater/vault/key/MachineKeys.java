package dev.breakwater.vault.key;

import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import java.util.Map;

/// What opens and seals the points of one machine: all that a process server is given of a vault's keys.
///
/// @param machine whose keys these are
/// @param machineKey seals metadata: manifests and index pages
/// @param diskKeys seals the data of each disk
public record MachineKeys(MachineId machine, FrameKey machineKey, Map<DiskId, FrameKey> diskKeys) {

    public MachineKeys {
        diskKeys = Map.copyOf(diskKeys);
    }

    /// The key of one disk.
    ///
    /// @throws IllegalArgumentException if there is none
    public FrameKey diskKey(DiskId disk) {
        FrameKey key = diskKeys.get(disk);
        if (key == null) {
            throw new IllegalArgumentException("There is no key of disk " + disk + " of machine " + machine + ".");
        }
        return key;
    }
}

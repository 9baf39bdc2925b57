package dev.breakwater.processserver.machine;

import dev.breakwater.control.processserver.Assignments.Assignment;
import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.processserver.MachineVaults;
import dev.breakwater.vault.key.MachineKeys;
import java.util.HashMap;
import java.util.Map;

/// What a desk needs to serve its machine, as the configuration server wants it now.
///
/// @param assignment the machine, its disks, keys and policy
/// @param keys the same keys as the vault knows them
/// @param vaults where to write
public record Serving(Assignment assignment, MachineKeys keys, MachineVaults vaults) {

    /// Joins an assignment with its vault.
    public static Serving of(Assignment assignment, MachineVaults vaults) {
        return new Serving(assignment, keys(assignment), vaults);
    }

    /// The keys of an assignment as the vault knows them.
    public static MachineKeys keys(Assignment assignment) {
        Map<DiskId, FrameKey> disks = new HashMap<>();
        assignment.diskKeys().forEach((disk, key) -> disks.put(disk, FrameKey.of(key.bytes())));
        FrameKey machine = FrameKey.of(assignment.machineKey().bytes());
        return new MachineKeys(assignment.machine(), machine, disks);
    }

    /// Whose desk it is.
    public MachineId machine() {
        return assignment.machine();
    }
}

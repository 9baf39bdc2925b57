package dev.breakwater.configurationserver.port;

import dev.breakwater.control.processserver.SealingKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/// The keys that seal what machines send, kept in the vault.
public interface KeyRing {

    /// The keys of a machine and its disks. What is missing is created; asking again gives the same.
    ///
    /// @throws IOException if the vault cannot be reached
    Keys keys(MachineId machine, Collection<DiskId> disks) throws IOException;

    /// Keys of a machine.
    ///
    /// @param machineKey seals its metadata
    /// @param diskKeys one per disk asked for, seals its data
    record Keys(SealingKey machineKey, Map<DiskId, SealingKey> diskKeys) {

        public Keys {
            diskKeys = Map.copyOf(diskKeys);
        }
    }
}

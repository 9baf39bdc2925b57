package dev.breakwater.control.processserver;

import dev.breakwater.control.Field;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.model.VaultId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that a process server serves. A machine that is not in the list any more is let go.
///
/// @param version another one means that something changed
/// @param vault where to write
/// @param machines whom to serve
/// @param throttle limits of what machines may send; absent if there are none
public record Assignments(
        long version,
        VaultAccess vault,
        List<Assignment> machines,
        @Nullable ThrottleSetting throttle) {

    /// Assignments without limits.
    public Assignments(long version, VaultAccess vault, List<Assignment> machines) {
        this(version, vault, machines, null);
    }

    public Assignments {
        Field.required(vault, "vault");
        machines = Field.list(machines, "machines", 10_000);
    }

    /// How the vault is reached.
    ///
    /// @param id the vault
    /// @param location `azure://ACCOUNT/CONTAINER` or a folder
    /// @param credentials what opens it (connection string or SAS); absent for a folder
    public record VaultAccess(
            VaultId id, String location, @Nullable String credentials) {

        public VaultAccess {
            Field.required(id, "id");
            Field.required(location, "location");
        }

        @Override
        public String toString() {
            return "VaultAccess[" + id + ", " + location + "]";
        }
    }

    /// A machine to serve.
    ///
    /// @param machine the machine
    /// @param name what people call it
    /// @param epoch grows with every assignment of the machine
    /// @param disks its protected disks, in its order
    /// @param machineKey seals its metadata
    /// @param diskKeys one per disk, seals its data
    /// @param policy which points to keep
    /// @param certificates fingerprints (SHA-256 in hex) of the machine's certificates that are good; no other may
    ///     connect
    /// @param registration another one means that connections made before must be closed: the machine was
    ///     revoked or has registered anew
    /// @param newestSlot newest slot of it that is known to be durable, 0 if none is: an older log was rolled back
    public record Assignment(
            MachineId machine,
            String name,
            long epoch,
            List<DiskDescription> disks,
            SealingKey machineKey,
            Map<DiskId, SealingKey> diskKeys,
            ReplicationPolicy policy,
            List<String> certificates,
            long registration,
            long newestSlot) {

        /// The certificate in use, and unused ones.
        public static final int MAX_CERTIFICATES = 5;

        public Assignment {
            Field.required(machine, "machine");
            Field.required(name, "name");
            Field.required(machineKey, "machineKey");
            Field.required(policy, "policy");
            disks = Field.list(disks, "disks", 512);
            diskKeys = Field.map(diskKeys, "diskKeys", 512);
            certificates = Field.list(certificates, "certificates", MAX_CERTIFICATES);
        }

        @Override
        public String toString() {
            return "Assignment[" + machine + ", " + name + ", epoch " + epoch + ", " + disks.size() + " disks]";
        }
    }
}

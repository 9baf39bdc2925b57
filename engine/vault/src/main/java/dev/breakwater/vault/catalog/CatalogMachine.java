package dev.breakwater.vault.catalog;

import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import java.util.List;

/// What the vault says of a machine, so that people find it by name without an engine. Hardware and disks of
/// each point are in the point itself.
///
/// @param id the machine's identity, canonical text
/// @param name its name
/// @param policy name of the replication policy, or empty if it has none
/// @param disks its protected disks
public record CatalogMachine(String id, String name, String policy, List<Disk> disks) {

    /// A protected disk.
    ///
    /// @param id its identity, canonical text
    /// @param name what the machine calls it
    /// @param sizeBytes its capacity
    /// @param boot whether the machine starts from it
    public record Disk(String id, String name, long sizeBytes, boolean boot) {

        /// The disk as the model has it.
        public DiskDescription toDescription() {
            return new DiskDescription(DiskId.of(id), name, sizeBytes, boot);
        }
    }

    public CatalogMachine {
        disks = List.copyOf(disks);
    }

    /// The entry of a machine.
    public static CatalogMachine of(MachineId id, String name, String policy, List<DiskDescription> disks) {
        return new CatalogMachine(
                id.toString(),
                name,
                policy,
                disks.stream()
                        .map(disk -> new Disk(disk.id().toString(), disk.name(), disk.sizeBytes(), disk.boot()))
                        .toList());
    }

    /// The machine's identity.
    public MachineId machineId() {
        return MachineId.of(id);
    }
}

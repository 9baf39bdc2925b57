package dev.breakwater.configurationserver.port;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/// What the vault holds.
public interface VaultView {

    /// The recovery points of a machine that can be recovered now, oldest first; none if the vault does not know the
    /// machine.
    ///
    /// @param disks its protected disks, whose keys are needed for reading
    /// @throws IOException if the vault cannot be reached or its log is damaged
    List<RecoveryPoint> points(MachineId machine, Collection<DiskId> disks) throws IOException;
}

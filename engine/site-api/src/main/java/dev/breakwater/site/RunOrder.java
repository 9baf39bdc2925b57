package dev.breakwater.site;

import dev.breakwater.model.Hardware;
import java.util.List;
import java.util.Set;

/// The order to run a machine from disks at a recovery point, isolated from the network it came from.
///
/// @param run identity of the run
/// @param machineName the protected machine's name, for people
/// @param hardware what the machine looked like; a site comes as near to it as it can
/// @param disks the machine's disks, the boot disk among them
/// @param reachablePorts TCP ports of the machine that probes and the administrator must reach
public record RunOrder(
        RunId run, String machineName, Hardware hardware, List<RecoveredDisk> disks, Set<Integer> reachablePorts) {

    private static final int MAX_PORT = 65_535;

    public RunOrder {
        disks = List.copyOf(disks);
        reachablePorts = Set.copyOf(reachablePorts);
        if (disks.isEmpty()) {
            throw new IllegalArgumentException("a run of " + machineName + " needs at least one disk");
        }
        for (int port : reachablePorts) {
            if (port < 1 || port > MAX_PORT) {
                throw new IllegalArgumentException("not a TCP port: " + port);
            }
        }
    }
}

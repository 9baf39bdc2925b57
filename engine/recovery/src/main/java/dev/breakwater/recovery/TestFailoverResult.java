package dev.breakwater.recovery;

import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.site.ProbeResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What came of a test failover.
///
/// @param flow identity; clean-up asks for it
/// @param machine which machine
/// @param point which point it ran from
/// @param state [TestFailoverState#COMPLETED] or [TestFailoverState#FAILED]
/// @param booted whether the machine gave every sign of life
/// @param bootSeconds from switching the machine on to the last sign of life; 0 if it gave none
/// @param rtoSeconds from the order to the last sign of life: the recovery time; 0 if it gave none
/// @param probes what came of each probe
/// @param screenshot picture of the screen, if one could be taken
/// @param serialLog what the machine printed, if it was started
/// @param reachable where the machine's ports can be reached from this computer (host:port) while it runs
/// @param accelerator what executes the machine's instructions (`kvm`, `tcg`)
/// @param remarks what an administrator should know
/// @param failure what went wrong, empty if nothing
public record TestFailoverResult(
        UUID flow,
        MachineId machine,
        Optional<PointId> point,
        TestFailoverState state,
        boolean booted,
        double bootSeconds,
        double rtoSeconds,
        List<ProbeResult> probes,
        Optional<Path> screenshot,
        Optional<Path> serialLog,
        Map<Integer, String> reachable,
        String accelerator,
        List<String> remarks,
        String failure) {

    public TestFailoverResult {
        probes = List.copyOf(probes);
        reachable = Map.copyOf(reachable);
        remarks = List.copyOf(remarks);
    }
}

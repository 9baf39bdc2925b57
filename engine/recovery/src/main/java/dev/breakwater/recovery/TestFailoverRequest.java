package dev.breakwater.recovery;

import dev.breakwater.model.MachineId;
import dev.breakwater.site.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// The order for a test failover.
///
/// @param flow identity, drawn by the caller; the job's id will do
/// @param machine which machine
/// @param machineName its name, for people
/// @param point which point
/// @param probes signs of life to ask for, in this order; with none, the machine counts as booted when it still runs
/// after a settling time
/// @param patience how long the machine may take to give all of them
/// @param reports folder that receives the screenshot and a copy of the serial log; outlives the clean-up
public record TestFailoverRequest(
        UUID flow,
        MachineId machine,
        String machineName,
        PointChoice point,
        List<Probe> probes,
        Duration patience,
        Path reports) {

    /// Long enough for an emulated machine with a full operating system on a busy computer.
    public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(5);

    /// The picture's name in the folder of reports.
    public static final String SCREENSHOT = "screenshot.png";

    public TestFailoverRequest {
        probes = List.copyOf(probes);
    }
}

package dev.breakwater.desktop.door;

import dev.breakwater.control.admin.EngineStatus;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Instant;
import java.util.List;

/// What the engine said in one round of questions.
///
/// @param takenAt when, by this computer's clock
/// @param status the engine at a glance
/// @param machines all machines
/// @param processServers all process servers
/// @param policies all policies
/// @param jobs the newest jobs, newest first, at most [EngineDoor#JOBS]
/// @param throughput how much flowed since the console opened, oldest first, at most [ThroughputHistory#SAMPLES]
public record Figures(
        Instant takenAt,
        EngineStatus status,
        List<MachineView> machines,
        List<ProcessServerView> processServers,
        List<ReplicationPolicy> policies,
        List<JobView> jobs,
        List<Throughput> throughput) {

    public Figures {
        machines = List.copyOf(machines);
        processServers = List.copyOf(processServers);
        policies = List.copyOf(policies);
        jobs = List.copyOf(jobs);
        throughput = List.copyOf(throughput);
    }

    /// Whether another round brought the same answers while nothing flowed: only a clock has moved.
    boolean isStillAsIn(Figures other) {
        return resting()
                && other.resting()
                && status.equals(other.status)
                && jobs.equals(other.jobs)
                && policies.equals(other.policies)
                && processServers.equals(other.processServers)
                && machines.equals(other.machines);
    }

    /// Whether nothing flows and no job runs.
    boolean resting() {
        return status.runningJobs() == 0
                && (throughput.isEmpty() || throughput.getLast().isStill());
    }
}

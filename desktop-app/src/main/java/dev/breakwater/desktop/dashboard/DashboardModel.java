package dev.breakwater.desktop.dashboard;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Throughput;
import dev.breakwater.desktop.estate.MachineHealth;
import dev.breakwater.desktop.estate.Readiness;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What the dashboard shows, worked out from what the engine said.
///
/// @param health how many machines have which health; the sum is all machines
/// @param readiness how many protected machines have which readiness
/// @param testCounts how long a test counts for it
/// @param machines all machines
/// @param rpo distribution of RPO over protected machines
/// @param throughput how much flowed, oldest first
/// @param running jobs that are not finished, newest first
/// @param failed failed jobs among the newest
/// @param attention causes that something is wrong
record DashboardModel(
        Map<MachineHealth, Integer> health,
        Map<Readiness, Integer> readiness,
        Duration testCounts,
        int machines,
        RpoDistribution rpo,
        List<Throughput> throughput,
        List<JobView> running,
        List<JobView> failed,
        List<Attention> attention) {

    static DashboardModel of(Figures figures, Duration testCounts) {
        Map<MachineHealth, Integer> health = new EnumMap<>(MachineHealth.class);
        for (MachineHealth each : MachineHealth.values()) {
            health.put(each, 0);
        }
        Map<Readiness, Integer> readiness = new EnumMap<>(Readiness.class);
        for (Readiness each : Readiness.values()) {
            readiness.put(each, 0);
        }
        for (MachineView machine : figures.machines()) {
            Readiness.of(machine, figures.takenAt(), testCounts)
                    .ifPresent(each -> readiness.merge(each, 1, Integer::sum));
            health.merge(MachineHealth.of(machine), 1, Integer::sum);
        }
        return new DashboardModel(
                health,
                readiness,
                testCounts,
                figures.machines().size(),
                RpoDistribution.of(figures.machines(), figures.policies()),
                figures.throughput(),
                figures.jobs().stream().filter(job -> !job.state().finished()).toList(),
                figures.jobs().stream()
                        .filter(job -> job.state() == JobView.State.FAILED)
                        .toList(),
                Attention.of(figures.machines(), figures.processServers()));
    }
}

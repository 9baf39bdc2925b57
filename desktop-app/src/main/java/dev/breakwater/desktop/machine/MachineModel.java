package dev.breakwater.desktop.machine;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.estate.MachineHealth;
import dev.breakwater.desktop.estate.NextAction;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the page of a machine shows.
///
/// @param machine what the engine says of it
/// @param health how well it does
/// @param next what it waits for
/// @param policy its policy, if it has one
/// @param path the way of its data
/// @param vault where its points are kept
/// @param test its newest test failover among the jobs that are known
record MachineModel(
        MachineView machine,
        MachineHealth health,
        NextAction next,
        @Nullable ReplicationPolicy policy,
        PathModel path,
        String vault,
        @Nullable JobView test) {

    /// The machine of that identity; nothing if the engine knows none.
    static Optional<MachineModel> of(Figures figures, String id) {
        return figures.machines().stream()
                .filter(machine -> machine.id().toString().equals(id))
                .findFirst()
                .map(machine -> of(figures, machine));
    }

    private static MachineModel of(Figures figures, MachineView machine) {
        ReplicationPolicy policy = figures.policies().stream()
                .filter(each -> each.name().equals(machine.policy()))
                .findFirst()
                .orElse(null);
        ProcessServerView server = figures.processServers().stream()
                .filter(each -> each.id().equals(machine.processServer()))
                .findFirst()
                .orElse(null);
        Duration limit = policy == null ? null : policy.rpoThreshold();
        return new MachineModel(
                machine,
                MachineHealth.of(machine),
                NextAction.of(machine),
                policy,
                PathModel.of(machine, server, limit, figures.takenAt()),
                figures.status().vaultLocation(),
                figures.jobs().stream()
                        .filter(job -> job.kind() == JobView.Kind.TEST_FAILOVER
                                && machine.id().equals(job.machine()))
                        .findFirst()
                        .orElse(null));
    }

    /// Age of the newest point; absent if not known.
    @Nullable
    Duration rpo() {
        Long seconds = machine.rpoSeconds();
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}

package dev.breakwater.configurationserver.metrics;

import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.metrics.MetricText;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.ProcessServerHealth.Counts;
import dev.breakwater.control.processserver.ProcessServerHealth.MachineTraffic;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a process server told of itself and of its machines.
final class ProcessServerMetrics {

    private static final long SECONDS_PER_DAY = 86_400;

    private ProcessServerMetrics() {}

    /// @param names of registered machines; of others nothing is said
    static void add(MetricText text, ProcessServerView server, Map<UUID, String> names) {
        String[] label = {"process_server", server.name()};
        text.gauge("breakwater_process_server_machines", "Machines that it serves.", server.machines(), label);
        text.gauge(
                "breakwater_process_server_last_heard_timestamp_seconds",
                "When it was last heard; absent if not since the configuration server started.",
                SiteMetrics.seconds(server.lastHeartbeat()),
                label);
        text.gauge(
                "breakwater_process_server_certificate_remaining_seconds",
                "Until its certificate ends, in whole days.",
                server.certificateDaysLeft() * SECONDS_PER_DAY,
                label);
        ProcessServerHealth told = server.figures();
        if (told == null) {
            return;
        }
        host(text, told, label);
        upload(text, told, label);
        if (told.counts() != null) {
            maintenance(text, told.counts(), label);
        }
        for (MachineTraffic machine : told.machines()) {
            String name = names.get(machine.machine().uuid());
            if (name != null) {
                traffic(text, machine, "machine", name, "process_server", server.name());
            }
        }
    }

    private static void host(MetricText text, ProcessServerHealth told, String... label) {
        text.gauge(
                "breakwater_process_server_cpu_ratio",
                "Processor load of the computer over 15 minutes; absent until then.",
                ratio(told.cpuPercent()),
                label);
        text.gauge(
                "breakwater_process_server_memory_ratio",
                "Main memory of the computer in use.",
                ratio(told.memoryPercent()),
                label);
        text.gauge(
                "breakwater_process_server_throttle_bytes_per_second",
                "What its machines together may send now; absent without a limit.",
                told.throttle() == null ? null : (Number) told.throttle().bytesPerSecond(),
                label);
    }

    private static void upload(MetricText text, ProcessServerHealth told, String... label) {
        text.gauge(
                "breakwater_process_server_cache_free_ratio",
                "Free share of the cache's quota.",
                ratio(told.cacheFreePercent()),
                label);
        text.gauge(
                "breakwater_process_server_pending_upload_bytes",
                "Sealed data that is not in the vault yet.",
                told.pendingUploadBytes(),
                label);
        text.gauge(
                "breakwater_process_server_drain_seconds",
                "How long the upload of what waits takes; absent while the speed is not known.",
                told.drainSeconds(),
                label);
        text.gauge(
                "breakwater_process_server_upload_bytes_per_second",
                "Speed of upload while there is something to upload; absent until something was.",
                told.uploadBytesPerSecond(),
                label);
        text.flag(
                "breakwater_process_server_vault_reachable",
                "Whether the vault's last answer was good.",
                told.vaultReachable(),
                label);
    }

    private static void maintenance(MetricText text, Counts counts, String... label) {
        text.counter(
                "breakwater_process_server_uploaded_bytes",
                "Sealed data that the vault took.",
                counts.uploadedBytes(),
                label);
        text.counter(
                "breakwater_process_server_failed_uploads",
                "Tries that the vault did not take.",
                counts.failedUploads(),
                label);
        text.counter(
                "breakwater_vault_maintenance_runs",
                "How often a machine's part of the vault was looked after.",
                counts.maintenanceRuns(),
                label);
        text.counter(
                "breakwater_vault_maintenance_failures",
                "How often that failed, to be tried again.",
                counts.failedMaintenanceRuns(),
                label);
        text.counter("breakwater_vault_pruned_points", "Points that retention dropped.", counts.prunedPoints(), label);
        text.counter(
                "breakwater_vault_compacted_bytes",
                "Data copied together from objects with little left in them.",
                counts.compactedBytes(),
                label);
        text.counter(
                "breakwater_vault_deleted_objects", "Objects that nothing needed.", counts.deletedObjects(), label);
    }

    private static void traffic(MetricText text, MachineTraffic machine, String... label) {
        text.flag(
                "breakwater_replication_connected",
                "Whether the machine is connected to its process server.",
                machine.connected(),
                label);
        text.counter(
                "breakwater_replication_received_bytes",
                "Data of disks that the process server received.",
                machine.receivedBytes(),
                label);
        text.gauge(
                "breakwater_replication_open_bytes",
                "Data received and not durable in the vault yet.",
                machine.openBytes(),
                label);
        text.gauge(
                "breakwater_replication_credit_bytes",
                "What the machine may send before it has to wait.",
                machine.creditBytes(),
                label);
        text.counter(
                "breakwater_replication_durable_points",
                "Recovery points made durable.",
                machine.durablePoints(),
                label);
        text.flag(
                "breakwater_replication_held_back",
                "Whether the machine waits for credit that the throttle holds back.",
                machine.heldBack(),
                label);
    }

    private static @Nullable Number ratio(@Nullable Double percent) {
        return percent == null ? null : (Number) (percent / 100);
    }
}

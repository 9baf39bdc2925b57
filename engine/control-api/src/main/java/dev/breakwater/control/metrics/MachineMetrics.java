package dev.breakwater.control.metrics;

import dev.breakwater.control.machine.CaptureFigures;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.machine.MachineStatus.DiskProgress;

/// What a mobility service tells of itself, as metrics: the same names whether the engine or the machine is asked.
public final class MachineMetrics {

    private MachineMetrics() {}

    /// Adds them.
    ///
    /// @param machine the machine's name, the value of the label `machine`
    public static void add(MetricText to, MachineStatus status, String machine) {
        String[] label = {"machine", machine};
        to.gauge(
                "breakwater_machine_state_info",
                "What the mobility service does now.",
                1,
                "machine",
                machine,
                "state",
                status.state().name());
        to.gauge(
                "breakwater_machine_dirty_bytes",
                "Changed data that is not durable in the vault.",
                status.disks().stream().mapToLong(DiskProgress::dirtyBytes).sum(),
                label);
        to.gauge(
                "breakwater_machine_newest_point_timestamp_seconds",
                "Time of the newest durable recovery point, on the machine's clock.",
                status.newestPointTime() == null
                        ? null
                        : status.newestPointTime().getEpochSecond(),
                label);
        to.gauge(
                "breakwater_machine_lag_seconds",
                "Age of the oldest change that the vault does not hold.",
                status.lagMillis() / 1e3,
                label);
        to.gauge("breakwater_machine_spool_bytes", "Changes that wait in the spool.", status.spoolBytes(), label);
        if (status.figures() != null) {
            counted(to, status.figures(), label);
        }
    }

    private static void counted(MetricText to, CaptureFigures figures, String... label) {
        to.summary(
                "breakwater_machine_freeze_seconds",
                "How long the file systems stood still for recovery points.",
                figures.points(),
                figures.freezeMillis() / 1e3,
                label);
        to.gauge(
                "breakwater_machine_longest_freeze_seconds",
                "The longest that the file systems stood still, since the start.",
                figures.points() == 0 ? null : (Number) (figures.longestFreezeMillis() / 1e3),
                label);
        to.summary(
                "breakwater_machine_stall_seconds",
                "How long a writer may have waited for recovery points.",
                figures.points(),
                figures.stallMillis() / 1e3,
                label);
        to.gauge(
                "breakwater_machine_longest_stall_seconds",
                "The longest that a writer may have waited, since the start.",
                figures.points() == 0 ? null : (Number) (figures.longestStallMillis() / 1e3),
                label);
        to.counter(
                "breakwater_machine_points_not_taken",
                "Recovery points that were due and could not be taken then.",
                figures.pointsNotTaken(),
                label);
        to.counter(
                "breakwater_machine_tracked_writes",
                "Writes that the kernel reported; absent where disks are compared by digest.",
                figures.trackedWrites(),
                label);
        to.counter(
                "breakwater_machine_tracking_losses",
                "Times that writes may have gone unseen, each made good by a comparison of the disks.",
                figures.trackingLosses(),
                label);
        to.counter("breakwater_machine_sent_bytes", "Data of disks sent.", figures.sentBytes(), label);
        to.gauge(
                "breakwater_machine_spooled_points",
                "Recovery points that wait in the spool.",
                figures.spooledPoints(),
                label);
        to.gauge("breakwater_machine_spool_quota_bytes", "What the spool may hold.", figures.spoolQuotaBytes(), label);
    }
}

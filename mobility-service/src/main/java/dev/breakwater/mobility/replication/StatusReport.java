package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.spool.Spool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the report of how replication is doing. Any thread.
final class StatusReport {

    private static final int MAX_REMARKS = 64;

    private StatusReport() {}

    static MachineStatus make(
            @Nullable MachineCapture capture,
            ReplicationMemory.State memory,
            Progress progress,
            boolean connected,
            Spool spool,
            long bytesPerSecond,
            Instant now) {
        var disks = new ArrayList<MachineStatus.DiskProgress>();
        long dirty = 0;
        var remarks = new ArrayList<>(progress.problems());
        if (capture != null) {
            for (var disk : capture.disks()) {
                long dirtyBytes = capture.dirtyBytes(disk.id());
                dirty += dirtyBytes;
                long total = progress.total(disk.id());
                if (total == 0 && !memory.steady()) {
                    total = disk.sizeBytes();
                }
                long done = progress.comparing() ? progress.done(disk.id()) : Math.clamp(total - dirtyBytes, 0, total);
                disks.add(new MachineStatus.DiskProgress(
                        disk.id(),
                        total,
                        memory.steady() ? total : done,
                        dirtyBytes,
                        progress.sent(disk.id()),
                        capture.traced(disk.id()) ? "trace" : "digest"));
            }
            remarks.addAll(capture.remarks());
        }
        long lag = memory.newestPointTime() == null || (dirty == 0 && spool.count() == 0)
                ? 0
                : Math.max(0, Duration.between(memory.newestPointTime(), now).toMillis());
        return new MachineStatus(
                state(capture, memory, progress, connected, spool),
                disks,
                memory.newestPoint(),
                memory.newestPointTime(),
                bytesPerSecond,
                spool.bytes(),
                lag,
                List.copyOf(remarks.subList(0, Math.min(MAX_REMARKS, remarks.size()))),
                progress.figures(capture, spool),
                now);
    }

    private static MachineState state(
            @Nullable MachineCapture capture,
            ReplicationMemory.State memory,
            Progress progress,
            boolean connected,
            Spool spool) {
        if (capture == null) {
            return progress.problems().isEmpty() ? MachineState.IDLE : MachineState.BLOCKED;
        }
        if (progress.isUnreadable() || progress.isRefused()) {
            return MachineState.BLOCKED;
        }
        if (!connected && memory.steady()) {
            return MachineState.SPOOLING;
        }
        if (!progress.problems().isEmpty() && !connected) {
            return MachineState.BLOCKED;
        }
        if (memory.steady()) {
            return spool.count() > 0 ? MachineState.SPOOLING : MachineState.REPLICATING;
        }
        boolean initial = progress.initial() || (!progress.comparing() && memory.newestPoint() == null);
        return initial ? MachineState.INITIAL_REPLICATION : MachineState.RESYNCHRONISING;
    }
}

package dev.breakwater.processserver;

import dev.breakwater.control.processserver.ProcessServerHealth.Counts;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Threads;
import dev.breakwater.platform.log.LogContext;
import dev.breakwater.processserver.ProcessServerSettings.Rhythm;
import dev.breakwater.processserver.machine.MachineDesk;
import dev.breakwater.processserver.machine.Serving;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.maintenance.MaintenanceReport;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has each machine's part of the vault looked after: soon after new points, and now and then without them. One machine
/// after the other on one thread, so that maintenance takes at most one core from replication.
final class MaintenanceSchedule implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceSchedule.class);

    private final MachineDesks desks;
    private final Rhythm rhythm;
    private final LongSupplier nanos;
    private final Threads threads;
    private final Set<MachineId> changed;
    private final Map<MachineId, Long> lastRun = new HashMap<>();
    private final Map<MachineId, Known> known = new HashMap<>();
    private final LongAdder runs = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder pruned = new LongAdder();
    private final LongAdder compactedBytes = new LongAdder();
    private final LongAdder deletedObjects = new LongAdder();

    /// Maintenance remembers what it has seen of a log and what it has deleted: so it costs one call if nothing is due.
    private record Known(Serving serving, MachineMaintenance maintenance) {
        boolean serves(Serving now) {
            return now.keys().equals(serving.keys()) && now.vaults().equals(serving.vaults());
        }
    }

    /// @param changed machines that have something new in the vault; others add, this removes
    MaintenanceSchedule(
            MachineDesks desks, Rhythm rhythm, Set<MachineId> changed, LongSupplier nanos, Threads threads) {
        this.changed = changed;
        this.desks = desks;
        this.rhythm = rhythm;
        this.nanos = nanos;
        this.threads = threads;
    }

    @Override
    public void run() {
        // Often enough that a minute is about a minute.
        long tickMillis = Math.max(1, rhythm.maintenance().toMillis() / 6);
        try {
            while (true) {
                threads.sleep(Duration.ofMillis(tickMillis));
                List<MachineDesk> all = desks.all();
                known.keySet()
                        .retainAll(all.stream()
                                .map(desk -> desk.serving().machine())
                                .toList());
                for (MachineDesk desk : all) {
                    if (due(desk.serving().machine())) {
                        run(desk.serving());
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Maintenance was stopped.");
        }
    }

    /// What was counted since the start, with what the upload has counted.
    Counts counts(long uploadedBytes, long failedUploads) {
        return new Counts(
                uploadedBytes,
                failedUploads,
                runs.sum(),
                failures.sum(),
                pruned.sum(),
                compactedBytes.sum(),
                deletedObjects.sum());
    }

    private boolean due(MachineId machine) {
        long since = nanos.getAsLong() - lastRun.computeIfAbsent(machine, _ -> nanos.getAsLong());
        return since >= rhythm.idleMaintenance().toNanos()
                || (changed.contains(machine) && since >= rhythm.maintenance().toNanos());
    }

    private void run(Serving serving) throws InterruptedException {
        String name = serving.assignment().name();
        changed.remove(serving.machine());
        try (LogContext.Scope _ = LogContext.machine(serving.machine(), name)) {
            MaintenanceReport report =
                    maintenance(serving).run(serving.assignment().policy().retention());
            runs.increment();
            pruned.add(report.pruned());
            compactedBytes.add(report.compactedBytes());
            deletedObjects.add(report.deleted());
            if (!report.equals(MaintenanceReport.NOTHING)) {
                LOG.info("Maintenance of machine {}: {}", name, report);
            }
        } catch (IOException | RuntimeException e) {
            failures.increment();
            LOG.warn("Maintenance of machine {} failed and will be tried again: {}", name, e.toString());
            changed.add(serving.machine());
            // What was remembered may be what is wrong.
            known.remove(serving.machine());
        } finally {
            lastRun.put(serving.machine(), nanos.getAsLong());
        }
    }

    private MachineMaintenance maintenance(Serving serving) throws IOException, InterruptedException {
        Known last = known.get(serving.machine());
        if (last == null || !last.serves(serving)) {
            last = new Known(serving, serving.vaults().maintenance(serving.keys()));
            known.put(serving.machine(), last);
        }
        return last.maintenance();
    }
}

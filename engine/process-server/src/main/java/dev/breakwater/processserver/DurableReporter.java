package dev.breakwater.processserver;

import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.platform.Threads;
import dev.breakwater.processserver.ProcessServerSettings.Rhythm;
import dev.breakwater.processserver.machine.DurableListener;
import dev.breakwater.vault.log.DurableSlot;
import dev.breakwater.vault.log.LastDurable;
import dev.breakwater.wire.Message.PointMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the configuration server of durable generations, in order, until it has heard them.
final class DurableReporter implements DurableListener, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DurableReporter.class);

    /// A day of points of 30 machines; past it the oldest are dropped, as the vault itself still lists every point.
    private static final int MAX_WAITING = 10_000;

    private static final int BATCH = 500;
    private static final long FIRST_PAUSE_MILLIS = 200;

    private final ControlPlane control;
    private final Rhythm rhythm;
    private final Threads threads;
    private final LinkedBlockingDeque<DurableReport> waiting = new LinkedBlockingDeque<>(MAX_WAITING);

    DurableReporter(ControlPlane control, Rhythm rhythm, Threads threads) {
        this.control = control;
        this.rhythm = rhythm;
        this.threads = threads;
    }

    @Override
    public void durable(MachineId machine, DurableSlot slot, Optional<PointMetadata> point, long receivedBytes) {
        report(new DurableReport.DurableSlot(
                machine,
                slot.slot(),
                slot.incarnation(),
                slot.generation(),
                point.map(known -> recoveryPoint(machine, slot, known)).orElse(null),
                receivedBytes,
                slot.storedBytes()));
    }

    @Override
    public void found(MachineId machine, LastDurable last, List<RecoveryPoint> points) {
        for (RecoveryPoint point : points) {
            // Only the newest slot says which generation it is; of the others nobody needs to know any more.
            long generation = point.slot() == last.slot() ? last.generation() : 0;
            report(new DurableReport.DurableSlot(machine, point.slot(), last.incarnation(), generation, point, 0, 0));
        }
    }

    @Override
    public void lost(MachineId machine, long newest, long known, String cause) {
        report(new DurableReport(List.of(), List.of(new DurableReport.VaultLoss(machine, newest, known, cause))));
    }

    private void report(DurableReport.DurableSlot slot) {
        report(DurableReport.of(List.of(slot)));
    }

    private void report(DurableReport report) {
        while (!waiting.offer(report)) {
            @Nullable DurableReport dropped = waiting.poll();
            LOG.warn("The configuration server has been away for so long that {} will not be reported", dropped);
        }
    }

    private static RecoveryPoint recoveryPoint(MachineId machine, DurableSlot slot, PointMetadata point) {
        return new RecoveryPoint(
                point.id(),
                machine,
                slot.slot(),
                point.time(),
                point.type(),
                point.hardware(),
                point.freezeMillis(),
                point.stallMillis(),
                slot.changedBytes(),
                point.remarks());
    }

    @Override
    public void run() {
        try {
            while (true) {
                DurableReport first = waiting.take();
                List<DurableReport.DurableSlot> batch = new ArrayList<>(first.slots());
                // Slots after a loss may have numbers that were used before it, so a loss is never behind slots.
                while (batch.size() < BATCH) {
                    DurableReport next = waiting.peek();
                    if (next == null || !next.losses().isEmpty()) {
                        break;
                    }
                    batch.addAll(waiting.remove().slots());
                }
                send(new DurableReport(batch, first.losses()));
            }
        } catch (InterruptedException e) {
            LOG.debug("Reporting was stopped with {} slots untold.", waiting.size());
        }
    }

    private void send(DurableReport report) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                control.durable(report);
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn(
                        "{} durable slots are not reported yet: {}",
                        report.slots().size() + report.losses().size(),
                        e.toString());
                threads.sleep(Duration.ofMillis(pause));
                pause = Math.min(pause * 2, rhythm.retry().toMillis());
            }
        }
    }
}

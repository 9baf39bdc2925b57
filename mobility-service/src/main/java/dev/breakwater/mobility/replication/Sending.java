package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.mobility.capture.CaptureException;
import dev.breakwater.mobility.capture.ClosedGeneration;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.PointRequest;
import dev.breakwater.mobility.spool.SpoolFullException;
import dev.breakwater.mobility.spool.SpooledPoint;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.PointType;
import dev.breakwater.wire.Message.PointMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes generations: without a point, with a point onto the connection or into the spool, and out of the spool.
final class Sending {

    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

    /// Partial generations are cut at this: progress that survives a lost connection.
    private static final long PARTIAL_BYTES = 512L << 20;

    /// Sending partials that leave more than half of what they carried, so often in a row, is no progress.
    private static final int DIVERGING_ROUNDS = 3;

    /// After a point that could not be taken: what stood in its way may be over then.
    private static final long RETRY_POINT_NANOS = Duration.ofSeconds(2).toNanos();

    /// After a disk that could not be read.
    private static final long RETRY_READING_NANOS = Duration.ofSeconds(5).toNanos();

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    private final ReplicationPorts ports;
    private final PointPlan plan;
    private final Link link;
    private final Progress progress;
    private final Supplier<@Nullable MachineOrders> orders;
    private int diverging;
    private long notBefore;

    Sending(
            ReplicationPorts ports,
            PointPlan plan,
            Link link,
            Progress progress,
            Supplier<@Nullable MachineOrders> orders) {
        this.progress = progress;
        this.ports = ports;
        this.plan = plan;
        this.link = link;
        this.orders = orders;
        this.notBefore = ports.nanos().getAsLong();
    }

    boolean diverging() {
        return diverging >= DIVERGING_ROUNDS;
    }

    /// Nothing is sent before this time: a point could not be taken.
    long notBefore() {
        return notBefore;
    }

    void partial(MachineCapture known) throws IOException, InterruptedException {
        long before = known.dirtyBytes();
        try {
            long copied = known.copyPass(link.sink(), PARTIAL_BYTES);
            diverging = known.dirtyBytes() > before - copied / 2 ? diverging + 1 : 0;
            progress.readable();
        } catch (CaptureException e) {
            notRead(e);
            if (known.openBytes() == 0) {
                return;
            }
            // What can be read is sent all the same.
        }
        var partial = known.cutPartial();
        link.closeGeneration(partial.generation(), Optional.empty(), Optional.empty());
        LOG.debug("Partial generation {}: {} bytes", partial.generation(), partial.changedBytes());
    }

    /// Tells what cannot be read, and waits a while: each try may cost a dying disk many seconds.
    private void notRead(CaptureException e) throws CaptureException {
        if (e.kind() != CaptureException.Kind.DISK) {
            throw e;
        }
        LOG.warn("{}", e.getMessage());
        progress.unreadable(String.valueOf(e.getMessage()));
        notBefore = ports.nanos().getAsLong() + RETRY_READING_NANOS;
    }

    void point(MachineCapture known, long now) throws IOException, InterruptedException {
        var due = plan.due(now).orElseGet(plan::extra);
        try {
            var point = known.closePoint(link.sink(), request(due));
            var metadata = metadata(known, due, point);
            link.closeGeneration(point.generation(), Optional.of(metadata), Optional.empty());
            plan.taken(due, ports.nanos().getAsLong());
            diverging = 0;
            tell("sent", metadata, point);
        } catch (CaptureException e) {
            notTaken(due, e);
        }
    }

    void spooled(SpooledPoint point) throws IOException, InterruptedException {
        LOG.info(
                "Sending spooled point {} of {}",
                point.point().id(),
                point.point().time());
        ports.spool().replay(point, link.sink());
        link.closeGeneration(point.generation(), Optional.of(point.point()), Optional.of(point));
    }

    /// Takes a point into the spool.
    ///
    /// @param base number of the newest generation that vault or spool hold
    /// @return whether the spool has it
    boolean spool(MachineCapture known, long base, long now) throws IOException, InterruptedException {
        var due = plan.due(now).orElseGet(plan::extra);
        try (var writer = ports.spool().begin(known.incarnation(), known.currentGeneration(), base, known.disks())) {
            var point = known.closePoint(writer, request(due));
            var metadata = metadata(known, due, point);
            writer.commit(point.changedBytes(), metadata);
            plan.taken(due, ports.nanos().getAsLong());
            known.durable(point.generation());
            tell("spooled", metadata, point);
            return true;
        } catch (CaptureException | SpoolFullException e) {
            notTaken(due, e);
            return false;
        }
    }

    private void notTaken(PointPlan.Due due, IOException e) throws CaptureException {
        if (e instanceof CaptureException capturing && capturing.kind() != CaptureException.Kind.NOT_NOW) {
            notRead(capturing);
            progress.notTaken();
            // Who asked for it is told at once: only a person can help, and the next tries may take long.
            Optional.ofNullable(due.order()).map(plan::failed).ifPresent(order -> answerFailure(order, e));
            return;
        }
        progress.notTaken();
        LOG.warn("No recovery point was taken now: {}", e.getMessage());
        notBefore = ports.nanos().getAsLong() + RETRY_POINT_NANOS;
        plan.notTaken(due, ports.nanos().getAsLong()).ifPresent(order -> answerFailure(order, e));
    }

    private void answerFailure(UUID order, IOException e) {
        ports.answers().answer(order, new OrderResult(false, e.getMessage()));
    }

    private PointRequest request(PointPlan.Due due) {
        var order = due.order();
        return ports.requests()
                .request(
                        due.type(),
                        order == null ? null : order.runFrozen(),
                        order == null
                                ? USUAL_TIMEOUT
                                : Duration.ofSeconds(Math.clamp(order.timeoutSeconds(), 1, 3600)));
    }

    private PointMetadata metadata(MachineCapture known, PointPlan.Due due, ClosedGeneration.Point point) {
        var remarks = new ArrayList<>(known.remarks());
        remarks.addAll(point.remarks());
        if (due.type() == PointType.APPLICATION_CONSISTENT && !ports.requests().applicationConsistent()) {
            remarks.add("Application-consistent was asked for, but this machine has no hooks for it.");
        }
        return new PointMetadata(
                due.id(),
                point.type(),
                point.time(),
                ports.machineFacts().hardware(descriptions(known)),
                point.freezeMillis(),
                point.stallMillis(),
                Remarks.fitting(remarks));
    }

    private List<DiskDescription> descriptions(MachineCapture known) {
        var applied = orders.get();
        var boot = applied == null
                ? List.of()
                : applied.disks().stream()
                        .filter(DiskOrder::boot)
                        .map(DiskOrder::id)
                        .collect(Collectors.toList());
        return known.disks().stream()
                .map(disk -> new DiskDescription(disk.id(), disk.device(), disk.sizeBytes(), boot.contains(disk.id())))
                .toList();
    }

    private void tell(String what, PointMetadata metadata, ClosedGeneration.Point point) {
        progress.taken(point);
        progress.readable();
        LOG.info(
                "Recovery point {} {}: generation {}, {} bytes changed, {}, frozen {} ms, stalled {} ms {}",
                metadata.id(),
                what,
                point.generation(),
                point.changedBytes(),
                metadata.type(),
                point.freezeMillis(),
                point.stallMillis(),
                metadata.remarks());
    }
}

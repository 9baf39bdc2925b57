package dev.breakwater.mobility.replication;

import dev.breakwater.changelog.HrlException;
import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.machine.ResyncOrder;
import dev.breakwater.mobility.capture.CaptureException;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.mobility.spool.SpooledPoint;
import dev.breakwater.model.DiskId;
import dev.breakwater.wire.Message.LastDurable;
import dev.breakwater.wire.Message.PointMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replication of one machine: carries out what [Decision] decides, one step after the other.
///
/// Invariants:
/// - A block is dirty, or in a generation that capture remembers, or in a complete spooled point, or durable in the
/// vault.
/// - Capture is told `durable` only for what the vault or the spool holds; a spooled point is removed only when the
/// vault
///   holds it.
/// - Nothing is sent as a change set unless vault and dirty map together hold everything (see [ReplicationMemory]).
///
/// [#step] and [#close] belong to one thread; [#orders], [#status] and [#interrupt] may be called from any.
public final class Replication implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Replication.class);

    /// How often an idle machine looks at its dirty bytes and at lost tracking.
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

    /// After a failure that is not the connection's.
    private static final long TROUBLE_NANOS = Duration.ofSeconds(5).toNanos();

    private final ReplicationPorts ports;
    private final ReplicationMemory memory;
    private final PointPlan plan;
    private final Progress progress = new Progress();
    private final Link link;
    private final Sending sending;
    private final ResyncOrders resyncs = new ResyncOrders();
    private final PointAnswers answers;

    private volatile @Nullable MachineOrders wanted;
    private volatile @Nullable MachineCapture capture;
    private volatile @Nullable MachineOrders applied;
    private boolean needReturn;
    private long troubleUntil;

    /// @throws IOException if what was remembered cannot be read
    public Replication(ReplicationPorts ports) throws IOException {
        this.ports = ports;
        this.memory = ReplicationMemory.open(ports.memoryFile());
        long now = ports.nanos().getAsLong();
        this.plan = new PointPlan(ports.entropy(), ports.requests().applicationConsistent(), now);
        this.link = new Link(ports.link(), ports.nanos(), ports.wake());
        this.sending = new Sending(ports, plan, link, progress, () -> applied);
        this.answers = new PointAnswers(ports, plan, resyncs);
        this.troubleUntil = now;
        ports.spool().points().forEach(point -> plan.spooledBefore(point.point().id()));
    }

    /// The state that the machine should be in from now on.
    public void orders(MachineOrders orders) {
        wanted = orders;
        link.giveUpUnless(orders.disks().isEmpty() ? null : orders.target());
        ports.wake().run();
    }

    /// Ends what blocks in a step, for a stop.
    public void interrupt() {
        link.giveUpUnless(null);
    }

    /// Does the next thing.
    ///
    /// @return nanoseconds to wait before the next step, unless woken; 0 for none
    public long step() throws InterruptedException {
        long now = ports.nanos().getAsLong();
        try {
            takeEvents();
            applyOrders();
            if (now - troubleUntil < 0) {
                return troubleUntil - now;
            }
            if (now - sending.notBefore() < 0) {
                return sending.notBefore() - now;
            }
            return carryOut(Decision.next(facts(now)), now);
        } catch (LinkException e) {
            link.lost(e);
            takeLinkEnd();
            return 0;
        } catch (HrlException e) {
            return spoolDamaged(e);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw (InterruptedException) new InterruptedException("stopped").initCause(e);
            }
            return trouble(e);
        }
    }

    @Override
    public void close() throws IOException {
        link.close();
        var known = capture;
        capture = null;
        if (known != null) {
            known.close();
        }
    }

    /// Ends protection for good: capture and spool are forgotten.
    ///
    /// @throws IOException if something of it stays
    public void forget() throws IOException {
        link.close();
        var known = capture;
        capture = null;
        applied = null;
        if (known != null) {
            known.forget();
        }
        ports.captures().forget();
        ports.spool().clear();
        memory.clear();
        progress.readable();
    }

    /// How replication is doing.
    ///
    /// @param bytesPerSecond the speed, which the caller knows from [#sentBytes]
    public MachineStatus status(long bytesPerSecond) {
        return StatusReport.make(
                capture,
                memory.state(),
                progress,
                link.connected(),
                ports.spool(),
                bytesPerSecond,
                ports.clock().instant());
    }

    /// Bytes of disks sent since the program started.
    public long sentBytes() {
        return progress.sentInAll();
    }

    private Facts facts(long now) {
        if (link.becameDownLong(now)) {
            plan.soon(now);
        }
        var known = capture;
        var orders = applied;
        if (known == null || orders == null || orders.target() == null) {
            return new Facts(
                    false, false, false, false, false, false, false, 0, 0, false, false, false, 0, false, false, false);
        }
        long dirty = known.dirtyBytes();
        return new Facts(
                true,
                known.loss().isPresent(),
                link.connected(),
                link.mayConnect(now),
                link.downLong(now),
                link.connected() && !link.incarnation().equals(known.incarnation()),
                link.connected() && link.nextGeneration() == comesNext(known),
                link.inFlight(),
                unsent().size(),
                memory.covers(known.incarnation(), diskIds(known)),
                memory.state().steady() || link.pointInFlight(),
                known.canClose() || (needReturn && !link.connected()),
                dirty,
                plan.isDue(now),
                sending.diverging(),
                ports.spool().hasRoomFor(dirty));
    }

    private long carryOut(Step step, long now) throws IOException, InterruptedException {
        var known = capture;
        if (known == null || step == Step.WAIT) {
            return waitNanos(now);
        }
        switch (step) {
            case RENEW -> renew(known);
            case CONNECT -> connect(known);
            case RECONNECT -> link.again();
            case SEND_SPOOLED -> sending.spooled(unsent().getFirst());
            case SYNCHRONISE -> synchronise(known);
            case SEND_PARTIAL -> sending.partial(known);
            case TAKE_POINT -> sending.point(known, now);
            case SPOOL_POINT -> spoolPoint(known, now);
            case WAIT -> throw new AssertionError("handled above");
        }
        return 0;
    }

    private long waitNanos(long now) {
        // Time for another try is no reason to look again and again if nothing is to be done with a connection.
        long retry = link.connected() ? 0 : link.waitNanos(now);
        long wait = retry > 0 ? Math.min(IDLE_NANOS, retry) : IDLE_NANOS;
        long due = plan.waitNanos(now);
        return due > 0 ? Math.min(wait, due) : wait;
    }

    // --- orders ---------------------------------------------------------------------------------------------------

    private void applyOrders() throws IOException {
        var orders = wanted;
        if (orders == null || orders.equals(applied)) {
            return;
        }
        // Should this fail half-way, the orders of before are not what is carried out either: going back applies them.
        applied = null;
        if (orders.disks().isEmpty() || orders.target() == null) {
            if (orders.disks().isEmpty()) {
                LOG.info("Nothing is to be protected; tracking and spool of an earlier protection are forgotten.");
                forget();
            }
            applied = orders;
            progress.noProblem();
            return;
        }
        openCapture(orders.disks());
        link.target(orders.target());
        if (orders.policy() != null) {
            plan.policy(orders.policy(), ports.nanos().getAsLong());
        }
        plan.orders(orders.points());
        resyncs.stillAsked(orders.resyncs());
        for (ResyncOrder resync : orders.resyncs()) {
            if (resyncs.isNew(resync)) {
                LOG.info("A comparison with the vault was asked for: {}", resync.reason());
                // May fail; the order is taken up again then.
                memory.forgetSynchronised();
                // What the vault has is told when a connection opens; since then, it may have got its first slot.
                link.again();
                takeLinkEnd();
                resyncs.take(resync);
            }
        }
        applied = orders;
        progress.noProblem();
    }

    private void openCapture(List<DiskOrder> orders) throws IOException {
        var disks = new ArrayList<ProtectedDisk>();
        for (var order : orders) {
            ports.machineFacts().requireOffered(order.device());
            disks.add(DiskSize.protectedDisk(order));
        }
        var known = capture;
        if (known != null && known.disks().equals(disks)) {
            return;
        }
        link.again();
        takeLinkEnd();
        if (known != null) {
            capture = null;
            known.close();
        }
        var opened = ports.captures().open(disks);
        LOG.info(
                "Capture of {} disks: {}; incarnation {}, generation {}",
                disks.size(),
                opened.start(),
                opened.incarnation(),
                opened.currentGeneration());
        capture = opened;
        needReturn = true;
    }

    // --- connection -----------------------------------------------------------------------------------------------

    private void connect(MachineCapture known) throws IOException, InterruptedException {
        var waiting = ports.spool().points();
        UUID incarnation =
                waiting.isEmpty() ? known.incarnation() : waiting.getFirst().incarnation();
        long next = waiting.isEmpty()
                ? known.currentGeneration()
                : waiting.getFirst().generation();
        var last = link.connect(ports.machine(), incarnation, known.disks(), next, progress);
        progress.noProblem();
        welcomed(known, incarnation, last);
        if (link.connected() && link.nextGeneration() != comesNext(known) && link.inFlight() == 0) {
            link.again();
        }
    }

    /// Holds what the vault says against what this machine believes.
    private void welcomed(MachineCapture known, UUID incarnation, Optional<LastDurable> last) throws IOException {
        memory.lossIn(last).ifPresent(progress::problem);
        answers.welcomed(last, ports.nanos().getAsLong());
        long vaultGeneration = last.filter(l -> l.incarnation().equals(incarnation))
                .map(LastDurable::generation)
                .orElse(-1L);
        for (var point : ports.spool().points()) {
            if (point.incarnation().equals(incarnation) && point.generation() <= vaultGeneration) {
                becameDurable(point, last);
            }
        }
        var oldest = ports.spool().points().stream().findFirst();
        if (oldest.isPresent() && !memory.restsOnVault(oldest.get(), last)) {
            LOG.warn(
                    "The spooled points rest on another state of the vault than it has ({}); they are given up and the"
                            + " disks are compared by digest.",
                    last);
            giveUpSpool();
        }
        if (!incarnation.equals(known.incarnation())) {
            return;
        }
        if (incarnation.equals(memory.state().incarnation()) && !memory.trusts(last)) {
            LOG.warn(
                    "The vault is not in the state that this machine left: it has {}, expected {}. The disks are compared"
                            + " by digest.",
                    last,
                    memory.state());
            memory.forgetSynchronised();
        }
        returnLost(known, Math.max(0, vaultGeneration));
    }

    /// After a lost connection or a restart: what neither vault nor spool holds is dirty again.
    private void returnLost(MachineCapture known, long vaultGeneration) {
        if (needReturn) {
            known.returnLost(Math.max(vaultGeneration, covered(known)));
            needReturn = false;
        }
    }

    /// Number of the newest generation of the incarnation that vault or spool are known to hold.
    private long covered(MachineCapture known) {
        long durable = known.incarnation().equals(memory.state().incarnation())
                ? memory.state().durable()
                : 0;
        return ports.spool().points().stream()
                .filter(point -> point.incarnation().equals(known.incarnation()))
                .mapToLong(SpooledPoint::generation)
                .reduce(durable, Math::max);
    }

    private long comesNext(MachineCapture known) {
        var unsent = unsent();
        return unsent.isEmpty() ? known.currentGeneration() : unsent.getFirst().generation();
    }

    private List<SpooledPoint> unsent() {
        return ports.spool().points().stream()
                .filter(point -> !link.hasSent(point))
                .filter(point -> !link.connected() || point.incarnation().equals(link.incarnation()))
                .toList();
    }

    private void takeEvents() throws IOException {
        for (var sent = link.oldestDurable(); sent.isPresent(); sent = link.oldestDurable()) {
            durable(sent.get());
            link.taken(sent.get());
        }
        if (link.hasEnded()) {
            takeLinkEnd();
        }
    }

    private void takeLinkEnd() {
        long now = ports.nanos().getAsLong();
        var lost = link.takeEnd();
        if (lost.isPresent()) {
            needReturn = true;
            lost.get().problem().ifPresent(progress::problem);
            for (var sent : lost.get().notDurable()) {
                if (sent.spooled().isEmpty()) {
                    answers.lost(sent, now);
                }
            }
        }
    }

    private void durable(Link.Sent sent) throws IOException {
        var known = capture;
        var point = sent.point();
        memory.durable(
                sent.incarnation(),
                sent.generation(),
                link.durableSlot(),
                point.map(PointMetadata::id).orElse(null),
                point.map(PointMetadata::time).orElse(null));
        point.ifPresent(taken -> answers.durable(taken, sent.incarnation(), sent.generation()));
        if (sent.spooled().isPresent()) {
            ports.spool().remove(sent.spooled().get());
        } else if (known != null && sent.incarnation().equals(known.incarnation())) {
            known.durable(sent.generation());
        }
    }

    private void becameDurable(SpooledPoint spooled, Optional<LastDurable> last) throws IOException {
        LOG.info(
                "Spooled point {} had become durable before (vault: {}).",
                spooled.point().id(),
                last);
        memory.durable(spooled, last.map(LastDurable::slot).orElse(0L));
        answers.durable(spooled.point(), spooled.incarnation(), spooled.generation());
        ports.spool().remove(spooled);
    }

    // --- sending --------------------------------------------------------------------------------------------------

    private void renew(MachineCapture known) throws IOException {
        String reason = known.loss().orElse("unknown");
        LOG.warn("Tracking lost something ({}); the disks will be compared by digest.", reason);
        progress.trackingLost();
        link.again();
        takeLinkEnd();
        returnLost(known, 0);
        known.renew(reason);
    }

    private void synchronise(MachineCapture known) throws IOException, InterruptedException {
        if (new Resynchronisation(ports.pace(), memory, progress, link).run(known)) {
            progress.readable();
        }
        resyncs.compared(known.incarnation(), known.currentGeneration());
    }

    private void spoolPoint(MachineCapture known, long now) throws IOException, InterruptedException {
        returnLost(known, 0);
        // Unless the spool takes it as a whole, what was handed over is dirty again.
        needReturn = true;
        if (sending.spool(known, covered(known), now)) {
            needReturn = false;
        }
    }

    // --- trouble --------------------------------------------------------------------------------------------------

    private long spoolDamaged(HrlException e) {
        LOG.error("A spooled point is damaged; all spooled points are given up and the disks are compared.", e);
        try {
            link.again();
            takeLinkEnd();
            giveUpSpool();
            return 0;
        } catch (IOException again) {
            return trouble(again);
        }
    }

    /// What waited is compared and sent as changes; points that somebody asked for are taken anew. That there is to be
    /// a comparison is written down first: capture knows nothing any more of what only the spool holds.
    private void giveUpSpool() throws IOException {
        memory.forgetSynchronised();
        long now = ports.nanos().getAsLong();
        ports.spool().points().forEach(point -> plan.lost(point.point().id(), now));
        ports.spool().clear();
    }

    private long trouble(IOException e) {
        LOG.warn("Replication stands still for a moment: {}", e.getMessage(), e);
        if (e instanceof CaptureException capturing && capturing.kind() == CaptureException.Kind.DISK) {
            progress.unreadable(String.valueOf(e.getMessage()));
        } else if (applied == null) {
            progress.refused(String.valueOf(e.getMessage()));
        } else {
            progress.problem(String.valueOf(e.getMessage()));
        }
        link.again();
        takeLinkEnd();
        needReturn = true;
        troubleUntil = ports.nanos().getAsLong() + TROUBLE_NANOS;
        return TROUBLE_NANOS;
    }

    private static Set<DiskId> diskIds(MachineCapture known) {
        return known.disks().stream().map(ProtectedDisk::id).collect(Collectors.toSet());
    }
}

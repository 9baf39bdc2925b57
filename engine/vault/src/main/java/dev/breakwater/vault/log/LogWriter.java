package dev.breakwater.vault.log;

import dev.breakwater.framecodec.FrameOwner;
import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.framecodec.WriteAttempt;
import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.object.DocumentHash;
import dev.breakwater.vault.object.DocumentLayout;
import dev.breakwater.vault.object.FrameAccess;
import dev.breakwater.vault.object.SlotManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The writer of a machine's log: hands out slots, links them by hash, stores their objects in order.
final class LogWriter implements MachineWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    /// A line that damages each of so many readings lets no log be written anyway.
    private static final int MAX_READINGS = 4;

    private final MachineVault vault;
    private final SegmentSink sink;
    private final BlockDigester digester;
    private final SealingThreads sealing;
    private final Executor storing;
    private final Entropy entropy;
    private final InstantSource clock;
    private final WriterLimits limits;

    // Guarded by this.
    private Optional<LastDurable> lastDurable;
    private long nextSlot;
    private final Set<PointId> points = new HashSet<>();
    private DocumentHash lastHash;
    private CompletableFuture<?> stored = CompletableFuture.completedFuture(null);
    private @Nullable LogGeneration open;
    private @Nullable Throwable failure;
    private boolean closed;
    private Instant verified;

    private final Optional<String> damage;

    private LogWriter(
            MachineVault vault,
            SegmentSink sink,
            SealingThreads sealing,
            Executor storing,
            Entropy entropy,
            InstantSource clock,
            WriterLimits limits,
            LogView view) {
        this.vault = vault;
        this.sink = sink;
        this.digester = new BlockDigester(vault.keys().digestKey());
        this.sealing = sealing;
        this.storing = storing;
        this.entropy = entropy;
        this.clock = clock;
        this.verified = clock.instant();
        this.limits = limits;
        this.damage = view.lostEnd();
        this.lastDurable = view.lastDurable();
        this.nextSlot = view.nextSlot();
        this.lastHash = view.headHash();
        view.points().forEach(point -> points.add(point.id()));
        view.checkpoint().ifPresent(c -> c.retiring().forEach(point -> points.add(point.id())));
    }

    static LogWriter open(
            MachineVault vault,
            SegmentSink sink,
            SealingThreads sealing,
            Executor storing,
            Entropy entropy,
            InstantSource clock,
            WriterLimits limits)
            throws IOException {
        FrameAccess access = new FrameAccess(vault.store(), vault.vault(), vault.keys());
        LogView view = confirmed(access);
        if (view.lostEnd().isPresent()) {
            LOG.error(
                    "The newest slots of machine {} are lost; the next slot goes on from slot {}, once the machine was"
                            + " compared with it. {}",
                    vault.machine(),
                    view.headSlot(),
                    view.lostEnd().get());
        }
        return new LogWriter(vault, sink, sealing, storing, entropy, clock, limits, view);
    }

    /// Going on without slots is for ever, so damage that happened on the way here must not be taken for theirs: two
    /// readings must end at the same slot.
    private static LogView confirmed(FrameAccess access) throws IOException {
        LogView view = LogView.open(access);
        for (int again = 0; view.lostEnd().isPresent() && again < MAX_READINGS; again++) {
            LogView next = LogView.open(access);
            if (next.headHash().equals(view.headHash())) {
                return next;
            }
            view = next;
        }
        if (view.lostEnd().isPresent()) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "The log of machine " + access.machine() + " ends at another slot each time it is read, so nothing"
                            + " was written: " + view.lostEnd().get() + " Something between vault and process server"
                            + " damages what is read; it is tried again.");
        }
        return view;
    }

    @Override
    public synchronized Optional<LastDurable> lastDurable() {
        return lastDurable;
    }

    @Override
    public Optional<String> damage() {
        return damage;
    }

    @Override
    public synchronized Optional<Throwable> broken() {
        return Optional.ofNullable(failure);
    }

    @Override
    public synchronized GenerationWriter begin(UUID incarnation, long generation) {
        if (failure != null) {
            throw new IllegalStateException(
                    "The writer of machine " + vault.machine() + " is broken and must be opened anew: "
                            + failure.getMessage(),
                    failure);
        }
        if (closed) {
            throw new IllegalStateException("the writer is closed");
        }
        if (open != null) {
            throw new IllegalStateException("generation " + open.generation() + " is still open");
        }
        FrameOutput output = new FrameOutput(vault.machine(), entropy, sink, limits.segmentBytes());
        LogGeneration begun = new LogGeneration(this, incarnation, generation, output, WriteAttempt.draw(entropy));
        open = begun;
        return begun;
    }

    WriterLimits limits() {
        return limits;
    }

    BlockDigester digester() {
        return digester;
    }

    SealingThreads sealing() {
        return sealing;
    }

    FrameSealer dataSealer(DiskId disk, WriteAttempt attempt) {
        return new FrameSealer(vault.keys().diskKey(disk), new FrameOwner(vault.vault(), disk.uuid()), attempt);
    }

    FrameSealer metadataSealer(WriteAttempt attempt) {
        UUID machine = vault.machine().uuid();
        return new FrameSealer(vault.keys().machineKey(), new FrameOwner(vault.vault(), machine), attempt);
    }

    /// The slot that the open generation will get: generations are committed in the order in which they began.
    synchronized long nextSlot() {
        return nextSlot;
    }

    synchronized DocumentHash lastHash() {
        return lastHash;
    }

    /// The point that a generation is to be; none if the log has one of that identity already. A sender that
    /// did not hear of it has taken it again: then the first one is the point, and the second no more than
    /// progress.
    synchronized Optional<RecoveryPoint> pointOnce(GenerationClose.Point close, long slot, long changedBytes) {
        return points.contains(close.id()) ? Optional.empty() : Optional.of(point(close, slot, changedBytes));
    }

    private RecoveryPoint point(GenerationClose.Point close, long slot, long changedBytes) {
        return new RecoveryPoint(
                close.id(),
                vault.machine(),
                slot,
                close.time(),
                close.type(),
                close.hardware(),
                close.freezeMillis(),
                close.stallMillis(),
                changedBytes,
                close.remarks());
    }

    /// Takes a sealed generation: its object is stored once all its segments and all slots before it are durable.
    synchronized CompletableFuture<DurableSlot> committed(
            SlotManifest manifest, FrameOutput output, FrameSealer metadata, CompletableFuture<?> segments) {
        if (failure != null || closed) {
            output.release();
            return CompletableFuture.failedFuture(new IOException("The writer was closed or broken.", failure));
        }
        ByteBuffer document = manifest.encode(vault.machine()).buffer();
        ObjectRef object = ObjectRef.point(manifest.slot());
        DocumentLayout.Assembled assembled =
                DocumentLayout.assemble(object, output.inlineContent(), document, metadata);
        Optional<PointId> point = manifest.point().map(RecoveryPoint::id);
        long storedBytes = assembled.size() + (output.inlineContent().isEmpty() ? output.totalBytes() : 0);
        DurableSlot slot = new DurableSlot(
                manifest.slot(),
                manifest.incarnation(),
                manifest.generation(),
                point,
                manifest.changedBytes(),
                storedBytes);
        nextSlot = manifest.slot() + 1;
        point.ifPresent(points::add);
        lastHash = assembled.hash();
        open = null;
        CompletableFuture<DurableSlot> durable = CompletableFuture.allOf(stored, segments)
                .thenApplyAsync(ignored -> store(object, assembled, slot), storing)
                .whenComplete((done, error) -> {
                    output.release();
                    if (error != null) {
                        broke(error);
                    }
                });
        stored = durable;
        return durable;
    }

    private DurableSlot store(ObjectRef object, DocumentLayout.Assembled assembled, DurableSlot slot) {
        String name = object.name(vault.machine());
        try {
            verify(slot.slot());
            if (put(name, assembled.content()) == PutOutcome.EXISTS && !isOwn(name, assembled)) {
                throw fenced(slot.slot());
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
        synchronized (this) {
            lastDurable =
                    Optional.of(new LastDurable(slot.slot(), slot.incarnation(), slot.generation(), slot.point()));
            verified = clock.instant();
        }
        return slot;
    }

    /// After a long pause the absence of the slot's object does not say that nobody has written it.
    private void verify(long slot) throws IOException {
        Duration idle;
        synchronized (this) {
            idle = Duration.between(verified, clock.instant());
        }
        if (idle.isNegative() || idle.compareTo(TRUST) > 0) {
            LogView view = LogView.open(new FrameAccess(vault.store(), vault.vault(), vault.keys()));
            if (view.nextSlot() > slot) {
                throw fenced(slot);
            }
        }
    }

    private FencedException fenced(long slot) {
        return new FencedException("The slot " + slot + " of machine " + vault.machine()
                + " belongs to another writer: the machine was moved to another process server. This one stops writing"
                + " its log; the generation is sent again there.");
    }

    private PutOutcome put(String name, List<ByteBuffer> content) throws StoreException {
        for (int left = limits.storeAttempts(); ; left--) {
            try {
                return vault.store().putIfAbsent(name, content);
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.UNAVAILABLE || left <= 1) {
                    throw e;
                }
                LOG.warn("Storing {} failed and is tried again: {}", name, e.getMessage());
            }
        }
    }

    private boolean isOwn(String name, DocumentLayout.Assembled assembled) throws StoreException {
        ObjectStore store = vault.store();
        ByteBuffer there = store.get(name);
        if (there.remaining() != assembled.size()) {
            return false;
        }
        for (ByteBuffer part : assembled.content()) {
            ByteBuffer same = there.slice(there.position(), part.remaining());
            if (!same.equals(part)) {
                return false;
            }
            there.position(there.position() + part.remaining());
        }
        return true;
    }

    /// The open generation has failed or was given up.
    synchronized void ended(LogGeneration generation, @Nullable Throwable error) {
        if (open == generation) {
            open = null;
        }
        if (error != null) {
            broke(error);
        }
    }

    private synchronized void broke(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (failure == null) {
            failure = cause;
            LOG.warn("The writer of machine {} stops: {}", vault.machine(), cause.toString());
        }
    }

    @Override
    public void close() {
        LogGeneration last;
        synchronized (this) {
            closed = true;
            last = open;
        }
        if (last != null) {
            last.abandon();
        }
    }
}

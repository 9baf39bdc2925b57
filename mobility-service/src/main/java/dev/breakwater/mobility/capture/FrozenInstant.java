package dev.breakwater.mobility.capture;

import dev.breakwater.mobility.capture.digest.DigestTracker;
import dev.breakwater.mobility.consistency.Freezer;
import dev.breakwater.mobility.consistency.FrozenAction;
import dev.breakwater.model.PointType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One freeze, from before it to after the thaw. Nothing in here may write to a file system, not even a log line.
final class FrozenInstant {

    /// Discards are copied again at most this often and this long; the rest goes to the next point.
    private static final int MAX_ROUNDS = 5;

    private static final long MAX_ROUNDS_NANOS = 100_000_000;

    /// A freeze has waited for all writes already; what is left is what passed it.
    private static final long QUIET_NANOS = 2_000_000_000;

    private static final long QUIET_POLL_NANOS = 100_000;

    /// What runs while frozen is repeated if blocks were discarded under it.
    private static final int MAX_ACTION_RUNS = 3;

    private final CaptureSettings settings;
    private final List<CapturedDisk> disks;
    private final BlockCopier copier;
    private final FrozenRest rest;
    private final Trackers trackers;
    private final long generation;

    private final List<Trackers.Change> changes = new ArrayList<>();
    private final List<DiskRange> discards = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private long actionNanos;

    FrozenInstant(
            CaptureSettings settings,
            List<CapturedDisk> disks,
            BlockCopier copier,
            FrozenRest rest,
            Trackers trackers,
            long generation) {
        this.settings = settings;
        this.disks = disks;
        this.copier = copier;
        this.rest = rest;
        this.trackers = trackers;
        this.generation = generation;
    }

    PointTaker.Taken take(Freezer freezer, PointRequest request, PointType type, List<String> earlierRemarks)
            throws IOException, InterruptedException {
        FrozenAction action = request.whileFrozen();
        Duration within = action == null
                ? settings.maxFreeze()
                : settings.maxFreeze().plus(request.timeout().multipliedBy(MAX_ACTION_RUNS));
        long started = settings.nanos().getAsLong();
        long frozenAt;
        Instant time;
        boolean exact;
        boolean held;
        try {
            freezer.freeze(within);
        } catch (IOException e) {
            throw new PointTaker.Restless("The file systems could not be frozen: " + e.getMessage());
        }
        try {
            frozenAt = settings.nanos().getAsLong();
            awaitQuiet();
            trackers.barrier();
            trackers.openWindow();
            exact = stabilise();
            time = settings.clock().instant();
            if (action != null) {
                exact &= act(action);
            }
            requireNoLoss();
        } catch (DigestTracker.TooSlowException e) {
            throw new CaptureException(
                    CaptureException.Kind.NOT_NOW,
                    "No recovery point was taken; earlier points stay and no change is lost. " + e.getMessage()
                            + " Let the kernel's tracer (tracefs) be used on this machine, or ask while little is written.",
                    e);
        } catch (FrozenRest.Full e) {
            throw new PointTaker.Restless("More changed until the freeze than the " + settings.maxFrozenBytes()
                    + " bytes that may be held in memory meanwhile.");
        } finally {
            trackers.closeWindow();
            held = freezer.thaw();
        }
        long ended = settings.nanos().getAsLong();
        if (!held) {
            throw new PointTaker.Restless("A file system was thawed by somebody else, perhaps by the watchdog after "
                    + within.toMillis() + " ms, before the point was complete.");
        }
        List<String> all = new ArrayList<>(earlierRemarks);
        if (action != null) {
            all.add("The command ran for " + TimeUnit.NANOSECONDS.toMillis(actionNanos)
                    + " ms while the file systems stood still; the freeze is told without it.");
        }
        all.addAll(remarks);
        all.addAll(unfreezable(freezer));
        return new PointTaker.Taken(
                time,
                exact ? type : PointType.FILE_SYSTEM_EQUIVALENT,
                TimeUnit.NANOSECONDS.toMillis(ended - frozenAt - actionNanos),
                TimeUnit.NANOSECONDS.toMillis(ended - started - actionNanos),
                all,
                discards);
    }

    private List<String> unfreezable(Freezer freezer) {
        List<String> result = new ArrayList<>();
        for (String mountPoint : freezer.unfreezable()) {
            result.add("The file system at " + mountPoint + " cannot be frozen; it was not written at that instant.");
        }
        return result;
    }

    private void awaitQuiet() throws IOException {
        long deadline = settings.nanos().getAsLong() + QUIET_NANOS;
        while (!trackers.quiet()) {
            if (settings.nanos().getAsLong() - deadline >= 0) {
                throw new PointTaker.Restless("Writes went on for 2 s although the file systems were frozen.");
            }
            LockSupport.parkNanos(QUIET_POLL_NANOS);
        }
    }

    /// Copies until a barrier finds nothing dirty: then the copy is the disk of that moment.
    ///
    /// @return false if discards went on; their blocks stay dirty
    private boolean stabilise() throws IOException, InterruptedException {
        long deadline = settings.nanos().getAsLong() + MAX_ROUNDS_NANOS;
        changes.clear();
        for (int round = 0; ; round++) {
            copier.copy(rest, generation, Long.MAX_VALUE);
            long[] before = trackers.counts();
            awaitQuiet();
            trackers.barrier();
            List<Trackers.Change> seen = trackers.takeWindow();
            changes.addAll(seen);
            if (!anyDirty()) {
                audit(before);
                remarkWrites();
                return true;
            }
            boolean over = round >= MAX_ROUNDS || settings.nanos().getAsLong() - deadline >= 0;
            if (over && !seen.isEmpty() && seen.stream().allMatch(Trackers.Change::discard)) {
                remarks.add("Blocks were being discarded while the file systems were frozen; such blocks, which no file"
                        + " owns, are those of another moment.");
                return false;
            }
            if (round >= MAX_ROUNDS) {
                throw new PointTaker.Restless(
                        "A disk went on being written although the file systems were frozen: raw, past any file system.");
            }
        }
    }

    private void audit(long[] before) throws IOException {
        Optional<String> flaw = trackers.audit(before);
        if (flaw.isPresent()) {
            throw new CaptureException(
                    CaptureException.Kind.TRACKING_LOST,
                    flaw.get() + ". Changes may be missing, so no point is taken; a resynchronisation finds them.");
        }
    }

    private void requireNoLoss() throws CaptureException {
        Optional<String> loss = trackers.loss();
        if (loss.isPresent()) {
            throw new CaptureException(
                    CaptureException.Kind.TRACKING_LOST,
                    "Changes may be missing, so no point is taken: " + loss.get()
                            + ". A resynchronisation finds them.");
        }
    }

    private void remarkWrites() {
        long writes = changes.stream().filter(change -> !change.discard()).count();
        if (writes > 0) {
            remarks.add(writes + " writes passed the frozen file systems (raw, or a file system that cannot be frozen);"
                    + " the point holds them, but what wrote them was not brought to rest.");
        }
    }

    private boolean anyDirty() {
        for (CapturedDisk disk : disks) {
            if (disk.map().anyDirty()) {
                return true;
            }
        }
        return false;
    }

    private boolean act(FrozenAction action) throws IOException, InterruptedException {
        boolean exact = true;
        for (int run = 1; run <= MAX_ACTION_RUNS; run++) {
            discards.clear();
            long started = settings.nanos().getAsLong();
            String said;
            try {
                said = action.run();
            } catch (IOException e) {
                throw new CaptureException(
                        CaptureException.Kind.NOT_NOW,
                        "What was to run while frozen failed, so no point is taken: " + e.getMessage(),
                        e);
            } finally {
                actionNanos += settings.nanos().getAsLong() - started;
            }
            exact = stabilise();
            changes.stream().filter(Trackers.Change::discard).forEach(change -> discards.add(change.where()));
            if (discards.isEmpty() || run == MAX_ACTION_RUNS) {
                if (!said.isEmpty()) {
                    remarks.add(said);
                }
                break;
            }
        }
        if (!discards.isEmpty()) {
            remarks.add("Blocks were discarded while the command ran, " + MAX_ACTION_RUNS
                    + " times over; a copy that it took may differ from the point in them.");
        }
        return exact;
    }
}

package dev.breakwater.vault.maintenance;

import dev.breakwater.framecodec.FrameOwner;
import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.framecodec.WriteAttempt;
import dev.breakwater.model.DiskId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.index.FrameRelocation;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.PageLoader;
import dev.breakwater.vault.index.PageOutput;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.index.RunMerge;
import dev.breakwater.vault.log.FrameOutput;
import dev.breakwater.vault.log.LogView;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.log.SegmentSinks;
import dev.breakwater.vault.object.Checkpoint;
import dev.breakwater.vault.object.DamagedObjectException;
import dev.breakwater.vault.object.DocumentLayout;
import dev.breakwater.vault.object.FrameAccess;
import dev.breakwater.vault.object.SlotManifest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after a machine's log. Every step ends with a checkpoint, put if absent; whatever a failed step has
/// written before that is named by nobody and collected later.
final class LogMaintenance implements MachineMaintenance {

    private static final Logger LOG = LoggerFactory.getLogger(LogMaintenance.class);

    /// Pages in memory while merging; merging reads each page once, so a small cache does.
    private static final long PAGE_CACHE_BYTES = 16L << 20;

    /// Bytes of index that compaction may rewrite for each byte that it frees: so its work grows with what has
    /// changed, not with the size of the disks.
    private static final int REWRITING_PER_GAIN = 4;

    private final MachineVault vault;
    private final FrameAccess access;
    private final Entropy entropy;
    private final InstantSource clock;
    private final PinnedPoints pinned;
    private final MaintenanceLimits limits;
    private final Set<ObjectRef> deleted = new HashSet<>();
    private Set<ObjectRef> recordedBefore = Set.of();
    private long beforeNewest = -1;
    private @Nullable LogView view;
    private MaintenanceReport report = MaintenanceReport.NOTHING;

    LogMaintenance(
            MachineVault vault, Entropy entropy, InstantSource clock, PinnedPoints pinned, MaintenanceLimits limits) {
        this.vault = vault;
        this.access = new FrameAccess(vault.store(), vault.vault(), vault.keys());
        this.entropy = entropy;
        this.clock = clock;
        this.pinned = pinned;
        this.limits = limits;
    }

    @Override
    public synchronized MaintenanceReport run(Duration retention) throws IOException, InterruptedException {
        try {
            return run(begin(Long.MAX_VALUE), retention);
        } catch (DamagedObjectException e) {
            return run(withoutDamagedPages(e), retention);
        }
    }

    private MaintenanceReport run(LogView begun, Duration retention) throws IOException, InterruptedException {
        LogView current = begun;
        if (current.tail().size() >= limits.slotsPerCheckpoint()) {
            current = checkpoint(current, retention);
        } else if (isIdle(current)) {
            if (pointsAreToGo(current, retention)) {
                return runFully(current, retention);
            }
            if (deletionsWait(current)) {
                // No compaction: it moves frames whole, so what is sparse can be so again afterwards, and an idle log
                // would be copied for ever.
                current = checkpoint(current, retention);
            }
        }
        if (compactionIsDue(current)) {
            current = compact(current, retention);
        }
        view = current;
        return report;
    }

    @Override
    public synchronized MaintenanceReport runFully(Duration retention) throws IOException, InterruptedException {
        try {
            return runFully(begin(Long.MAX_VALUE), retention);
        } catch (DamagedObjectException e) {
            return runFully(withoutDamagedPages(e), retention);
        }
    }

    private MaintenanceReport runFully(LogView current, Duration retention) throws IOException, InterruptedException {
        if (current.headSlot() > 0) {
            view = compact(checkpoint(current, retention), retention);
        }
        return report;
    }

    /// Looks at the log and deletes what is due. What is remembered of the log lasts from one success to the next.
    ///
    /// @param below only checkpoints with a smaller number are used
    private LogView begin(long below) throws IOException {
        report = MaintenanceReport.NOTHING;
        LogView known = view;
        view = null;
        LogView current =
                known == null || below != Long.MAX_VALUE ? LogView.open(access, below) : known.advance(access);
        if (!current.damaged().isEmpty() && current.lostEnd().isPresent()) {
            throw new IOException(
                    "The log of machine " + access.machine() + " is damaged so that a new checkpoint could"
                            + " hide what can still be restored; maintenance leaves it alone: "
                            + current.lostEnd().get());
        }
        if (current.damaged().isEmpty() && current.lostEnd().isEmpty()) {
            deleteWhatIsDue(current);
        }
        return current;
    }

    /// The log through an older checkpoint, if that says as much: then the next checkpoint replaces the damaged
    /// pages.
    private LogView withoutDamagedPages(DamagedObjectException damage) throws IOException {
        Optional<ObjectRef> object = ObjectRef.find(ObjectRef.Kind.CHECKPOINT, access.machine(), damage.objectName());
        if (object.isEmpty()) {
            throw damage;
        }
        long head = LogView.open(access).headSlot();
        LogView older = begin(object.get().low());
        if (older.headSlot() != head) {
            throw damage;
        }
        return older;
    }

    /// Whether the newest checkpoint is old: little is added to the log.
    private boolean isIdle(LogView current) {
        return current.checkpoint().isPresent()
                && !current.checkpoint().get().time().plus(limits.idle()).isAfter(clock.instant());
    }

    /// Whether the next checkpoint retires points or drops some.
    private boolean pointsAreToGo(LogView current, Duration retention) throws IOException {
        PointTurnover turnover = PointTurnover.of(current, pinned.slots(), retention, clock.instant());
        return !turnover.retiring().isEmpty() || turnover.dropped() > 0;
    }

    /// Whether objects are to go that only the newest checkpoint records, so that they wait for the next one.
    private boolean deletionsWait(LogView current) {
        Instant recordedBy = clock.instant().minus(limits.grace());
        return current.checkpoint().stream()
                .flatMap(newest -> newest.deletions().stream())
                .anyMatch(deletion -> deletion.object().kind() != ObjectRef.Kind.CHECKPOINT
                        && !deleted.contains(deletion.object())
                        && !deletion.recorded().isAfter(recordedBy));
    }

    private boolean compactionIsDue(LogView current) {
        Optional<Checkpoint> checkpoint = current.checkpoint();
        return current.tail().isEmpty()
                && checkpoint.isPresent()
                && checkpoint.get().slot() - checkpoint.get().slotAtCompaction() >= limits.slotsPerCompaction();
    }

    /// Covers the slots since the last checkpoint, and prunes.
    private LogView checkpoint(LogView current, Duration retention) throws IOException, InterruptedException {
        Instant now = clock.instant();
        PointTurnover turnover = PointTurnover.of(current, pinned.slots(), retention, now);
        CheckpointDraft draft = new CheckpointDraft(current, now, deleted);
        FrameOutput output = output();
        long inputBytes = 0;
        for (DiskId disk : current.disks()) {
            inputBytes += TieredMerge.inputs(current, disk).stream()
                    .mapToLong(Run::indexBytes)
                    .sum();
        }
        if (inputBytes <= limits.inlineBytes()) {
            output.stayInline(draft.object());
        }
        FrameSealer sealer = sealer();
        RunMerge merge = new RunMerge(loader(), turnover.live(), FrameRelocation.NONE);
        draft.runs(TieredMerge.merge(current, merge, pages(output, sealer)));
        return write(draft, turnover, output, sealer, current, 0);
    }

    /// Rewrites the index and empties objects of which little is needed; finds objects of which nothing is.
    private LogView compact(LogView current, Duration retention) throws IOException, InterruptedException {
        Instant now = clock.instant();
        PointTurnover turnover = PointTurnover.of(current, pinned.slots(), retention, now);
        CheckpointDraft draft = new CheckpointDraft(current, now, deleted);
        PageLoader loader = loader();
        SpaceSurvey survey = SpaceSurvey.of(current, loader, turnover.live());
        Map<ObjectRef, Long> objects = sizes(draft);
        List<Run> runs = current.checkpoint().map(Checkpoint::runs).orElse(List.of());
        long indexBytes = runs.stream().mapToLong(Run::indexBytes).sum();
        Map<ObjectRef, Long> victims = Victims.choose(objects, survey, limits.segmentBytes(), limits.compactionBytes());
        if (Victims.gain(victims, survey) < indexBytes / REWRITING_PER_GAIN) {
            victims = Map.of();
        }
        FrameOutput pageOutput = output();
        FrameOutput dataOutput = output();
        FrameSealer sealer = sealer();
        Relocation relocation = new Relocation(access, dataOutput, victims);
        boolean rewrite = !victims.isEmpty() || survey.indexIsStale();
        if (rewrite) {
            if (indexBytes <= limits.inlineBytes()) {
                pageOutput.stayInline(draft.object());
            }
            RunMerge merge = new RunMerge(loader, turnover.live(), relocation);
            List<Run> merged = new ArrayList<>();
            for (DiskId disk : current.disks()) {
                List<Run> all = current.runs(disk, Long.MAX_VALUE);
                merge.merge(disk, all, true, pages(pageOutput, sealer)).ifPresent(merged::add);
            }
            runs = merged;
            dataOutput.finish().join();
        }
        draft.runs(runs);
        collect(draft, objects, survey, victims.keySet(), relocation.kept(), rewrite, now);
        draft.compacted();
        return write(draft, turnover, pageOutput, sealer, current, relocation.copiedBytes());
    }

    private Map<ObjectRef, Long> sizes(CheckpointDraft draft) throws IOException {
        Map<ObjectRef, Long> sizes = new HashMap<>();
        ObjectRef first = new ObjectRef(ObjectRef.Kind.SEGMENT, 0, 0);
        for (LogView.Listed segment : LogView.objects(access, ObjectRef.Kind.SEGMENT, first)) {
            sizes.put(segment.object(), segment.size());
        }
        Set<Long> withData = new HashSet<>(draft.slotObjects());
        for (LogView.Listed slot : LogView.objects(access, ObjectRef.Kind.POINT, ObjectRef.point(0))) {
            if (withData.contains(slot.object().low())) {
                sizes.put(slot.object(), slot.size());
            }
        }
        return sizes;
    }

    private void collect(
            CheckpointDraft draft,
            Map<ObjectRef, Long> objects,
            SpaceSurvey survey,
            Set<ObjectRef> victims,
            Set<ObjectRef> kept,
            boolean rewritten,
            Instant now) {
        Instant ifNobodysYet = now.plus(limits.orphanGrace()).minus(limits.grace());
        for (ObjectRef object : objects.keySet()) {
            boolean emptied = victims.contains(object) && !kept.contains(object);
            boolean data = survey.hasData(object) && !emptied;
            boolean pages = survey.hasPages(object) && !rewritten;
            if (data || pages) {
                continue;
            }
            boolean known = emptied || survey.hasPages(object) || object.kind() == ObjectRef.Kind.POINT;
            draft.delete(object, known ? now : ifNobodysYet);
        }
    }

    private LogView write(
            CheckpointDraft draft,
            PointTurnover turnover,
            FrameOutput output,
            FrameSealer sealer,
            LogView before,
            long copiedBytes)
            throws IOException, InterruptedException {
        output.finish().join();
        Checkpoint checkpoint = draft.build(turnover);
        DocumentLayout.Assembled assembled = DocumentLayout.assemble(
                draft.object(),
                output.inlineContent(),
                checkpoint.encode(access.machine()).buffer(),
                sealer);
        String name = draft.object().name(access.machine());
        if (vault.store().putIfAbsent(name, assembled.content()) == PutOutcome.EXISTS) {
            throw new IOException("The checkpoint " + name + " of machine " + access.machine() + " was written by"
                    + " someone else, or by an earlier try whose answer was lost. Nothing is lost; maintenance starts"
                    + " anew with what is there.");
        }
        output.release();
        report = new MaintenanceReport(
                report.checkpointed() + before.tail().size(),
                report.pruned() + turnover.retiring().size(),
                report.compactedBytes() + copiedBytes,
                report.recordedForDeletion() + draft.recorded(),
                report.deleted());
        deleted.retainAll(
                checkpoint.deletions().stream().map(Checkpoint.Deletion::object).toList());
        return before.covered(checkpoint);
    }

    /// Deletes what was recorded long enough ago, unless a slot since then names it. What only the newest checkpoint
    /// records stays: should that be damaged, the one before it and all that this needs must be there.
    private void deleteWhatIsDue(LogView current) throws IOException {
        if (current.checkpoint().isEmpty()) {
            return;
        }
        Set<ObjectRef> named = new HashSet<>();
        for (SlotManifest slot : current.tail()) {
            named.addAll(slot.segments());
        }
        Instant now = clock.instant().minus(limits.grace());
        Set<ObjectRef> due = new LinkedHashSet<>();
        for (Checkpoint.Deletion deletion : current.checkpoint().get().deletions()) {
            if (!deletion.recorded().isAfter(now)) {
                due.add(deletion.object());
            }
        }
        due.removeAll(named);
        due.removeAll(deleted);
        if (due.isEmpty()) {
            return;
        }
        due.retainAll(recordedBefore(current.checkpoint().get().sequence()));
        for (ObjectRef object : due) {
            vault.store().delete(object.name(access.machine()));
            deleted.add(object);
        }
        report = new MaintenanceReport(0, 0, 0, 0, due.size());
    }

    /// What the checkpoint before the newest recorded as deleted; nothing if it cannot be read.
    private Set<ObjectRef> recordedBefore(long newest) throws IOException {
        if (beforeNewest != newest) {
            Set<ObjectRef> recorded = new HashSet<>();
            OptionalLong size = newest == 1
                    ? OptionalLong.empty()
                    : vault.store().size(ObjectRef.checkpoint(newest - 1).name(access.machine()));
            if (size.isPresent()) {
                try {
                    Checkpoint.read(access, newest - 1, size.getAsLong())
                            .deletions()
                            .forEach(deletion -> recorded.add(deletion.object()));
                } catch (DamagedObjectException e) {
                    LOG.warn("Nothing is deleted before there is a newer checkpoint: {}", e.getMessage());
                }
            }
            recordedBefore = recorded;
            beforeNewest = newest;
        }
        return recordedBefore;
    }

    private PageLoader loader() {
        return new PageLoader(access::metadata, PAGE_CACHE_BYTES);
    }

    private FrameOutput output() {
        return new FrameOutput(access.machine(), entropy, SegmentSinks.direct(vault.store()), limits.segmentBytes());
    }

    private FrameSealer sealer() {
        FrameOwner owner = new FrameOwner(vault.vault(), access.machine().uuid());
        return new FrameSealer(vault.keys().machineKey(), owner, WriteAttempt.draw(entropy));
    }

    private static PageOutput pages(FrameOutput output, FrameSealer sealer) {
        return raw -> output.append(sealer, raw);
    }
}

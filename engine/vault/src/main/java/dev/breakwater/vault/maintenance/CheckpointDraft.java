package dev.breakwater.vault.maintenance;

import dev.breakwater.model.PointId;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.log.LastDurable;
import dev.breakwater.vault.log.LogView;
import dev.breakwater.vault.object.Checkpoint;
import dev.breakwater.vault.object.SlotManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The next checkpoint while it is put together: what the one before said, what the slots since say, what was done.
final class CheckpointDraft {

    private final LogView view;
    private final long sequence;
    private final Instant now;
    private final TreeSet<Long> slotObjects = new TreeSet<>();
    private final Map<ObjectRef, Instant> deletions = new LinkedHashMap<>();
    private int recorded;
    private List<Run> runs = List.of();
    private long extentsAtCompaction;
    private long slotAtCompaction;

    /// @param deleted objects that are deleted already
    CheckpointDraft(LogView view, Instant now, Set<ObjectRef> deleted) {
        this.view = view;
        this.now = now;
        Optional<Checkpoint> before = view.checkpoint();
        this.sequence = view.newestCheckpoint() + 1;
        before.ifPresent(checkpoint -> {
            slotObjects.addAll(checkpoint.slotObjects());
            checkpoint.deletions().forEach(deletion -> deletions.put(deletion.object(), deletion.recorded()));
            deletions.keySet().removeAll(deleted);
            extentsAtCompaction = checkpoint.extentsAtCompaction();
            slotAtCompaction = checkpoint.slotAtCompaction();
        });
        // Slots that a later one has given up; those at the end may still be restored from a copy of the vault.
        view.lost().stream()
                .filter(slot -> slot.slot() < view.headSlot())
                .forEach(slot -> delete(ObjectRef.point(slot.slot()), now));
        view.damaged().forEach(unreadable -> delete(ObjectRef.checkpoint(unreadable.sequence()), now));
        for (SlotManifest slot : view.tail()) {
            // A segment that seemed to be nobody's was this slot's.
            deletions.keySet().removeAll(slot.segments());
            if (slot.inlineData()) {
                slotObjects.add(slot.slot());
            } else {
                delete(ObjectRef.point(slot.slot()), now);
            }
        }
    }

    ObjectRef object() {
        return ObjectRef.checkpoint(sequence);
    }

    /// Covered slots whose objects hold data.
    Collection<Long> slotObjects() {
        return List.copyOf(slotObjects);
    }

    boolean isToBeDeleted(ObjectRef object) {
        return deletions.containsKey(object);
    }

    int recorded() {
        return recorded;
    }

    /// Records that an object is not needed any more.
    void delete(ObjectRef object, Instant from) {
        if (deletions.putIfAbsent(object, from) == null) {
            recorded++;
        }
        if (object.kind() == ObjectRef.Kind.POINT) {
            slotObjects.remove(object.low());
        }
    }

    /// Says what the maps are now. Checkpoints that hold no page of them go.
    void runs(List<Run> after) {
        runs = List.copyOf(after);
        Set<ObjectRef> needed = checkpointsOf(after);
        Set<ObjectRef> candidates = new HashSet<>();
        view.checkpoint().ifPresent(before -> {
            candidates.addAll(checkpointsOf(before.runs()));
            candidates.add(ObjectRef.checkpoint(before.sequence()));
        });
        candidates.removeAll(needed);
        candidates.forEach(object -> delete(object, now));
    }

    // All pages of a run lie in one checkpoint, or none.
    private static Set<ObjectRef> checkpointsOf(List<Run> runs) {
        Set<ObjectRef> objects = new HashSet<>();
        runs.forEach(run -> objects.add(run.root().source().object()));
        objects.removeIf(object -> object.kind() != ObjectRef.Kind.CHECKPOINT);
        return objects;
    }

    void compacted() {
        extentsAtCompaction = runs.stream().mapToLong(Run::extents).sum();
        slotAtCompaction = view.headSlot();
    }

    Checkpoint build(PointTurnover turnover) {
        LastDurable head = view.lastDurable().orElseThrow();
        Optional<PointId> newest = head.point();
        long pruned = view.checkpoint().map(Checkpoint::prunedPoints).orElse(0L) + turnover.dropped();
        List<Checkpoint.Deletion> all = new ArrayList<>();
        deletions.forEach((object, from) -> all.add(new Checkpoint.Deletion(object, from)));
        return new Checkpoint(
                sequence,
                now,
                head.slot(),
                view.headHash(),
                head.incarnation(),
                head.generation(),
                newest,
                turnover.listed(),
                turnover.retiring(),
                pruned,
                runs,
                List.copyOf(slotObjects),
                all,
                extentsAtCompaction,
                slotAtCompaction);
    }
}

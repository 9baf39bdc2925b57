package dev.breakwater.vault.log;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.object.Checkpoint;
import dev.breakwater.vault.object.DamagedObjectException;
import dev.breakwater.vault.object.DocumentHash;
import dev.breakwater.vault.object.FrameAccess;
import dev.breakwater.vault.object.SlotManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// A machine's log as it was at one instant: a checkpoint, usually the newest, and the slots after it.
/// Opening costs two listings and one call for the checkpoint and for each slot after it; maintenance keeps
/// these few.
///
/// A damaged checkpoint stops nobody: the one before it and the slots after that say the same, and maintenance
/// deletes neither before there is a newer checkpoint. A damaged slot is lost with all that follow it; what was
/// before stays.
///
/// @param checkpoint the newest that can be read, if there is one
/// @param tail slots after it, oldest first
/// @param headHash hash of the newest sound slot's document
/// @param damaged newer checkpoints that cannot be read, newest first
/// @param lost slots after the checkpoint that cannot be used
/// @param nextSlot the first slot that nobody has taken
public record LogView(
        Optional<Checkpoint> checkpoint,
        List<SlotManifest> tail,
        DocumentHash headHash,
        List<Unreadable> damaged,
        List<LostSlot> lost,
        long nextSlot) {

    /// Checkpoints that are tried: maintenance keeps two for this purpose, and older ones as long as they hold pages.
    public static final int MAX_TRIED = 4;

    /// Objects in one listing call.
    private static final int LIST_LIMIT = 1000;

    /// Slots that a stale listing may have left out; more would be no listing at all.
    static final int MAX_UNLISTED = 64;

    public LogView {
        tail = List.copyOf(tail);
        damaged = List.copyOf(damaged);
        lost = List.copyOf(lost);
    }

    /// A checkpoint that cannot be read.
    ///
    /// @param sequence its number
    /// @param error why
    public record Unreadable(long sequence, DamagedObjectException error) {}

    /// A slot that cannot be used.
    ///
    /// @param slot its number; of adjacent missing ones the first
    /// @param cause what has become of it
    /// @param message the same for people
    public record LostSlot(long slot, Cause cause, String message) {

        /// What has become of a slot.
        public enum Cause {
            /// Its object is not there, but later ones are.
            MISSING,
            /// Its object is not what it must be.
            DAMAGED,
            /// It is authentic, but follows a slot that the vault does not have.
            DISCONNECTED,
            /// It is sound, but was damaged or absent when a writer went on without it.
            GIVEN_UP
        }
    }

    /// An object of the machine.
    ///
    /// @param object which
    /// @param size its size in bytes
    public record Listed(ObjectRef object, long size) {}

    /// Reads the log as far as it can be read.
    ///
    /// @throws DamagedObjectException if there is no way in: no checkpoint can be read, nor the first slot
    /// @throws IOException if the store cannot be read
    public static LogView open(FrameAccess access) throws IOException {
        return open(access, Long.MAX_VALUE);
    }

    /// Reads the log without its newest checkpoints, when pages that these need have turned out to be damaged.
    ///
    /// @param below only checkpoints with a smaller number are used
    /// @throws IOException as for [#open(FrameAccess)]
    public static LogView open(FrameAccess access, long below) throws IOException {
        return new LogOpening(access).open(below);
    }

    /// Why the newest slots of the log cannot be used; nothing if they can.
    public Optional<String> lostEnd() {
        return lost.stream()
                .filter(slot -> slot.slot() > headSlot())
                .map(LostSlot::message)
                .findFirst();
    }

    /// The same with slots that were written since. One call to the store if there are none.
    ///
    /// @throws IOException as for [#open]
    public LogView advance(FrameAccess access) throws IOException {
        List<SlotManifest> longer = new ArrayList<>(tail);
        long slot = nextSlot;
        DocumentHash hash = headHash;
        for (int i = 0; i < MAX_UNLISTED; i++) {
            OptionalLong size = access.store().size(ObjectRef.point(slot).name(access.machine()));
            if (size.isEmpty()) {
                break;
            }
            SlotManifest.Stored stored;
            try {
                stored = SlotManifest.read(access, slot, size.getAsLong());
            } catch (DamagedObjectException e) {
                return open(access);
            }
            if (!stored.manifest().previousHash().equals(hash)) {
                return open(access);
            }
            longer.add(stored.manifest());
            hash = stored.hash();
            slot++;
        }
        return longer.size() == tail.size() ? this : new LogView(checkpoint, longer, hash, damaged, lost, slot);
    }

    /// The same after a checkpoint of it was written.
    public LogView covered(Checkpoint by) {
        List<LostSlot> left =
                lost.stream().filter(slot -> slot.slot() > headSlot()).toList();
        return new LogView(Optional.of(by), List.of(), headHash, List.of(), left, nextSlot);
    }

    /// All of a machine's objects of a kind that come after one. What has a name that this program does not give is
    /// left out.
    public static List<Listed> objects(FrameAccess access, ObjectRef.Kind kind, ObjectRef after) throws IOException {
        List<Listed> objects = new ArrayList<>();
        for (ObjectInfo info : list(access, kind, after)) {
            ObjectRef.find(kind, access.machine(), info.name())
                    .ifPresent(object -> objects.add(new Listed(object, info.size())));
        }
        return objects;
    }

    /// All of a machine's objects of a kind that come after one.
    public static List<ObjectInfo> list(FrameAccess access, ObjectRef.Kind kind, ObjectRef after) throws IOException {
        ObjectStore store = access.store();
        String from = after.name(access.machine());
        List<ObjectInfo> all = new ArrayList<>();
        while (true) {
            List<ObjectInfo> page = store.list(kind.prefix(access.machine()), from, LIST_LIMIT);
            all.addAll(page);
            if (page.size() < LIST_LIMIT) {
                return all;
            }
            from = page.getLast().name();
        }
    }

    /// The newest checkpoint's number, readable or not; 0 if there is none.
    public long newestCheckpoint() {
        return damaged.isEmpty()
                ? checkpoint.map(Checkpoint::sequence).orElse(0L)
                : damaged.getFirst().sequence();
    }

    /// The newest sound slot's number, 0 if there is none.
    public long headSlot() {
        return tail.isEmpty()
                ? checkpoint.map(Checkpoint::slot).orElse(0L)
                : tail.getLast().slot();
    }

    /// The newest sound slot.
    public Optional<LastDurable> lastDurable() {
        if (!tail.isEmpty()) {
            SlotManifest last = tail.getLast();
            return Optional.of(new LastDurable(
                    last.slot(),
                    last.incarnation(),
                    last.generation(),
                    last.point().map(RecoveryPoint::id)));
        }
        return checkpoint.map(c -> new LastDurable(c.slot(), c.incarnation(), c.generation(), c.newestPoint()));
    }

    /// The live points, oldest first.
    public List<RecoveryPoint> points() {
        List<RecoveryPoint> points =
                new ArrayList<>(checkpoint.map(Checkpoint::points).orElse(List.of()));
        tail.forEach(slot -> slot.point().ifPresent(points::add));
        return points;
    }

    /// Slots that can be read: the live points, and those that are not listed any more but still whole.
    public Set<Long> readableSlots() {
        Set<Long> slots = new HashSet<>();
        points().forEach(point -> slots.add(point.slot()));
        checkpoint.ifPresent(c -> c.retiring().forEach(point -> slots.add(point.slot())));
        return slots;
    }

    /// Disks of which the vault holds anything.
    public TreeSet<DiskId> disks() {
        TreeSet<DiskId> disks = new TreeSet<>();
        checkpoint.ifPresent(c -> c.runs().forEach(run -> disks.add(run.disk())));
        tail.forEach(slot -> slot.runs().forEach(run -> disks.add(run.disk())));
        return disks;
    }

    /// The maps that together say what a disk was after a slot, newest first.
    public List<Run> runs(DiskId disk, long slot) {
        List<Run> runs = new ArrayList<>();
        checkpoint.ifPresent(c -> runs.addAll(c.runs()));
        tail.forEach(manifest -> runs.addAll(manifest.runs()));
        runs.removeIf(run -> !run.disk().equals(disk) || run.fromSlot() > slot);
        runs.sort(Comparator.comparingLong(Run::fromSlot).reversed());
        return runs;
    }
}

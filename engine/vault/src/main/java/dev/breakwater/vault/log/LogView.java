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

/// A machine's log as it was at one instant: the newest checkpoint, and the slots after it. Opening costs two
/// listings
/// and one call for the checkpoint and for each slot after it; maintenance keeps these few.
///
/// @param checkpoint the newest, if there is one
/// @param tail slots after it, oldest first
/// @param headHash hash of the newest slot's document
public record LogView(Optional<Checkpoint> checkpoint, List<SlotManifest> tail, DocumentHash headHash) {

    /// Objects in one listing call.
    private static final int LIST_LIMIT = 1000;

    /// Slots that a stale listing may have left out; more would be no listing at all.
    private static final int MAX_UNLISTED = 64;

    public LogView {
        tail = List.copyOf(tail);
    }

    /// Reads the log.
    ///
    /// @throws DamagedObjectException if a slot is missing or damaged, or the chain of hashes is broken
    /// @throws IOException if the store cannot be read
    public static LogView open(FrameAccess access) throws IOException {
        Optional<Checkpoint> checkpoint = newestCheckpoint(access);
        long slot = checkpoint.map(Checkpoint::slot).orElse(0L);
        DocumentHash hash = checkpoint.map(Checkpoint::slotHash).orElse(DocumentHash.NONE);
        List<SlotManifest> tail = new ArrayList<>();
        for (ObjectInfo info : list(access, ObjectRef.Kind.POINT, ObjectRef.point(slot))) {
            slot++;
            if (!info.name().equals(ObjectRef.point(slot).name(access.machine()))) {
                String missing = ObjectRef.point(slot).name(access.machine());
                throw new DamagedObjectException(
                        missing,
                        "The vault has lost the object " + missing + ": later slots"
                                + " of the machine's log are there. Points after it cannot be opened.");
            }
            hash = append(access, tail, slot, info.size(), hash);
        }
        return new LogView(checkpoint, tail, hash).advance(access);
    }

    /// The same with slots that were written since. One call to the store if there are none.
    ///
    /// @throws IOException as for [#open]
    public LogView advance(FrameAccess access) throws IOException {
        List<SlotManifest> longer = new ArrayList<>(tail);
        long slot = headSlot();
        DocumentHash hash = headHash;
        for (int i = 0; i < MAX_UNLISTED; i++) {
            OptionalLong size = access.store().size(ObjectRef.point(slot + 1).name(access.machine()));
            if (size.isEmpty()) {
                break;
            }
            slot++;
            hash = append(access, longer, slot, size.getAsLong(), hash);
        }
        return longer.size() == tail.size() ? this : new LogView(checkpoint, longer, hash);
    }

    private static DocumentHash append(
            FrameAccess access, List<SlotManifest> tail, long slot, long size, DocumentHash before) throws IOException {
        SlotManifest.Stored stored = SlotManifest.read(access, slot, size);
        if (!stored.manifest().previousHash().equals(before)) {
            String name = ObjectRef.point(slot).name(access.machine());
            throw new DamagedObjectException(
                    name,
                    "The chain of the machine's log is broken at " + name
                            + ": it follows a slot with hash "
                            + stored.manifest().previousHash() + ", but the vault has "
                            + before + ". Someone changed or rolled back the vault.");
        }
        tail.add(stored.manifest());
        return stored.hash();
    }

    private static Optional<Checkpoint> newestCheckpoint(FrameAccess access) throws IOException {
        List<ObjectInfo> all = list(access, ObjectRef.Kind.CHECKPOINT, ObjectRef.checkpoint(0));
        if (all.isEmpty()) {
            return Optional.empty();
        }
        ObjectInfo newest = all.getLast();
        long sequence = ObjectRef.parse(ObjectRef.Kind.CHECKPOINT, access.machine(), newest.name())
                .low();
        return Optional.of(Checkpoint.read(access, sequence, newest.size()));
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

    /// The newest slot's number, 0 if there is none.
    public long headSlot() {
        return tail.isEmpty()
                ? checkpoint.map(Checkpoint::slot).orElse(0L)
                : tail.getLast().slot();
    }

    /// The newest slot.
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

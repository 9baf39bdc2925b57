package dev.breakwater.vault.log;

import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.object.Checkpoint;
import dev.breakwater.vault.object.DamagedObjectException;
import dev.breakwater.vault.object.DocumentHash;
import dev.breakwater.vault.object.FrameAccess;
import dev.breakwater.vault.object.SlotManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the way into a machine's log: the newest checkpoint that can be read, and the slots that follow it by hash.
///
/// What is damaged does not stop what is not. A damaged checkpoint is passed over: the one before it and the
/// slots after that say the same. A damaged slot ends the chain, and it with all later ones is lost, until a
/// writer goes on from the last sound slot: then its slot, which names the sound one by hash, is where the
/// chain goes on.
final class LogOpening {

    private final FrameAccess access;
    private final List<LogView.Unreadable> damaged = new ArrayList<>();
    private final List<LogView.LostSlot> lost = new ArrayList<>();
    private final List<SlotManifest> tail = new ArrayList<>();

    /// Hash of each sound slot's document, and how many slots of the tail it follows.
    private final Map<DocumentHash, Integer> chain = new HashMap<>();

    private Optional<Checkpoint> checkpoint = Optional.empty();
    private DocumentHash hash = DocumentHash.NONE;
    private long last;

    LogOpening(FrameAccess access) {
        this.access = access;
    }

    /// @param below only checkpoints with a smaller number are used
    LogView open(long below) throws IOException {
        List<LogView.Listed> checkpoints = LogView.objects(access, ObjectRef.Kind.CHECKPOINT, ObjectRef.checkpoint(0));
        findCheckpoint(checkpoints, below);
        begin(checkpoint.map(Checkpoint::slot).orElse(0L));
        for (LogView.Listed slot : LogView.objects(access, ObjectRef.Kind.POINT, ObjectRef.point(last))) {
            while (last + 1 < slot.object().low()) {
                missing(last + 1);
            }
            take(slot.object().low(), slot.size());
        }
        takeUnlisted();
        requireTheWayIn();
        return new LogView(checkpoint, tail, hash, damaged, lost, last + 1);
    }

    private void findCheckpoint(List<LogView.Listed> checkpoints, long below) throws IOException {
        for (LogView.Listed listed :
                checkpoints.reversed().subList(0, Math.min(LogView.MAX_TRIED, checkpoints.size()))) {
            long sequence = listed.object().low();
            try {
                if (sequence >= below) {
                    String name = listed.object().name(access.machine());
                    throw new DamagedObjectException(name, "A page that the object " + name + " needs is damaged.");
                }
                checkpoint = Optional.of(Checkpoint.read(access, sequence, listed.size()));
                return;
            } catch (DamagedObjectException e) {
                access.requireNewestKeys();
                damaged.add(new LogView.Unreadable(sequence, e));
            }
        }
        if (checkpoints.size() > LogView.MAX_TRIED) {
            throw damaged.getFirst().error();
        }
    }

    private void begin(long slot) {
        last = slot;
        hash = checkpoint.map(Checkpoint::slotHash).orElse(DocumentHash.NONE);
        chain.put(hash, 0);
    }

    /// A listing may be stale, so the object itself is looked for.
    private void missing(long slot) throws IOException {
        String name = ObjectRef.point(slot).name(access.machine());
        OptionalLong size = access.store().size(name);
        if (size.isPresent()) {
            take(slot, size.getAsLong());
            return;
        }
        // Of a thousand missing ones the first says it all.
        if (lost.isEmpty() || lost.getLast().cause() != LogView.LostSlot.Cause.MISSING) {
            lost.add(new LogView.LostSlot(
                    slot, LogView.LostSlot.Cause.MISSING, "The vault has lost the object " + name + "."));
        }
        last = slot;
    }

    private void take(long slot, long size) throws IOException {
        last = slot;
        String name = ObjectRef.point(slot).name(access.machine());
        SlotManifest.Stored stored;
        try {
            stored = SlotManifest.read(access, slot, size);
        } catch (DamagedObjectException e) {
            access.requireNewestKeys();
            lost.add(new LogView.LostSlot(slot, LogView.LostSlot.Cause.DAMAGED, String.valueOf(e.getMessage())));
            return;
        }
        Integer follows = chain.get(stored.manifest().previousHash());
        if (follows == null) {
            lost.add(new LogView.LostSlot(
                    slot,
                    LogView.LostSlot.Cause.DISCONNECTED,
                    "The object " + name + " is authentic, but follows a slot with the hash "
                            + stored.manifest().previousHash() + ", which the vault has not: a slot before it is lost,"
                            + " or someone exchanged or rolled back objects."));
            return;
        }
        while (tail.size() > follows) {
            SlotManifest passed = tail.removeLast();
            lost.add(new LogView.LostSlot(
                    passed.slot(),
                    LogView.LostSlot.Cause.GIVEN_UP,
                    "Slot " + passed.slot() + " was given up: it was damaged when slot " + slot + " was written."));
        }
        chain.values().removeIf(length -> length > follows);
        tail.add(stored.manifest());
        hash = stored.hash();
        chain.put(hash, tail.size());
    }

    /// A listing may be stale at its end.
    private void takeUnlisted() throws IOException {
        for (int i = 0; i < LogView.MAX_UNLISTED; i++) {
            OptionalLong size = access.store().size(ObjectRef.point(last + 1).name(access.machine()));
            if (size.isEmpty()) {
                return;
            }
            take(last + 1, size.getAsLong());
        }
    }

    private void requireTheWayIn() throws DamagedObjectException {
        if (checkpoint.isPresent() || !tail.isEmpty()) {
            return;
        }
        if (!damaged.isEmpty()) {
            throw damaged.getFirst().error();
        }
        if (!lost.isEmpty()) {
            String name = ObjectRef.point(lost.getFirst().slot()).name(access.machine());
            throw new DamagedObjectException(name, lost.getFirst().message());
        }
    }
}

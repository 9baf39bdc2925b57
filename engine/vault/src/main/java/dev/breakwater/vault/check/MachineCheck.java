package dev.breakwater.vault.check;

import dev.breakwater.framecodec.FrameException;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.index.IndexFormatException;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.PageLoader;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.index.RunPages;
import dev.breakwater.vault.key.KeyRing;
import dev.breakwater.vault.log.LogView;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.object.DamagedObjectException;
import dev.breakwater.vault.object.FrameAccess;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks one machine's part of a vault, from the log down to the data.
final class MachineCheck {

    private static final long PAGE_CACHE_BYTES = 32L << 20;

    private final MachineVault part;
    private final FrameAccess access;
    private final MachineId machine;
    private final CheckRun run;
    private final PageLoader pages;
    private final Map<ObjectRef, Long> sizes = new HashMap<>();
    private final Set<ObjectRef> named = new HashSet<>();

    MachineCheck(MachineVault part, CheckRun run) {
        this.part = part;
        this.access = new FrameAccess(part.store(), part.vault(), part.keys());
        this.machine = part.machine();
        this.run = run;
        this.pages = new PageLoader(access::metadata, PAGE_CACHE_BYTES);
    }

    void run() throws IOException {
        int before = run.critical();
        for (ObjectRef.Kind kind : ObjectRef.Kind.values()) {
            listObjects(kind);
        }
        run.stored(sizes.values().stream().mapToLong(Long::longValue).sum());
        Optional<LogView> view = log();
        if (view.isPresent()) {
            run.log(machine, view.get().points().size(), view.get().nextSlot() - 1);
            new SpareCheck(this, access, sizes, run).run(view.get());
            checkRollBack(view.get());
            checkDisks(view.get());
            // What could not be read may name them.
            if (run.critical() == before) {
                reportOrphans(view.get());
            }
        }
    }

    private void listObjects(ObjectRef.Kind kind) throws IOException {
        for (ObjectInfo info : LogView.list(access, kind, new ObjectRef(kind, 0, 0))) {
            Optional<ObjectRef> object = ObjectRef.find(kind, machine, info.name());
            if (object.isPresent()) {
                sizes.put(object.get(), info.size());
            } else {
                run.report(VaultCheck.strange(info.name()).in(machine));
            }
        }
    }

    /// The log as far as it can be read; nothing if there is no way in.
    private Optional<LogView> log() throws IOException {
        LogView view;
        try {
            view = LogView.open(access);
        } catch (DamagedObjectException e) {
            boolean checkpoint = ObjectRef.find(ObjectRef.Kind.CHECKPOINT, machine, e.objectName())
                    .isPresent();
            FindingCode code = checkpoint ? FindingCode.CHECKPOINT_DAMAGED : FindingCode.SLOT_MISSING;
            run.report(Finding.of(
                            code,
                            machine,
                            e.getMessage() + " No point of machine " + machine
                                    + " can be opened; restore the object from a copy of the vault.")
                    .object(e.objectName()));
            return Optional.empty();
        }
        boolean replaced = view.lostEnd().isEmpty();
        for (LogView.Unreadable damaged : view.damaged()) {
            String effect = replaced
                    ? " It is passed over: what is before it says the same, and maintenance writes a new one."
                    : " What is before it does not lead to the newest slot; restore the object from a copy of the vault.";
            run.report(Finding.of(
                            replaced ? FindingCode.CHECKPOINT_PASSED_OVER : FindingCode.CHECKPOINT_DAMAGED,
                            machine,
                            damaged.error().getMessage() + effect)
                    .object(damaged.error().objectName()));
        }
        view.lost().forEach(slot -> run.report(lost(view, slot)));
        return Optional.of(view);
    }

    private Finding lost(LogView view, LogView.LostSlot slot) {
        String name = name(ObjectRef.point(slot.slot()));
        if (slot.slot() < view.headSlot()) {
            return Finding.of(
                            FindingCode.SLOT_GIVEN_UP,
                            machine,
                            slot.message() + " The machine was compared with the vault after that, and later points are"
                                    + " whole; a point that slot " + slot.slot() + " was is lost.")
                    .object(name);
        }
        FindingCode code = switch (slot.cause()) {
            case MISSING -> FindingCode.SLOT_MISSING;
            case DAMAGED -> FindingCode.SLOT_DAMAGED;
            case DISCONNECTED, GIVEN_UP -> FindingCode.CHAIN_BROKEN;
        };
        return Finding.of(
                        code,
                        machine,
                        slot.message() + " Slot " + slot.slot() + " of machine " + machine
                                + " and all later ones cannot be recovered, unless the object is restored from a copy of"
                                + " the vault; earlier points can. When the machine connects, it is compared with the"
                                + " vault and goes on.")
                .object(name)
                .at(slot.slot());
    }

    private void checkRollBack(LogView view) {
        long witness = run.witnessedSlot(machine);
        // Slots that are there but damaged were not rolled back.
        if (view.nextSlot() <= witness) {
            run.report(
                    Finding.of(
                            FindingCode.ROLLED_BACK,
                            machine,
                            "The newest slot of machine " + machine + " in the vault is " + (view.nextSlot() - 1)
                                    + ", but slot " + witness
                                    + " is known to have been durable: the vault was rolled back, or has lost its newest objects."));
        }
    }

    private void checkDisks(LogView view) throws IOException {
        for (DiskId disk : run.damagedKeys().keySet()) {
            if (!view.disks().contains(disk)) {
                keyUnreadable(view, disk);
            }
        }
        for (DiskId disk : view.disks()) {
            if (!part.keys().diskKeys().containsKey(disk)) {
                keyUnreadable(view, disk);
                continue;
            }
            Map<FrameRef, String> damaged = pages(view, disk);
            if (damaged.isEmpty()) {
                checkData(view, disk);
                continue;
            }
            Optional<LogView> older = behind(view, damaged.keySet());
            boolean passedOver = older.isPresent() && pages(older.get(), disk).isEmpty();
            damaged.forEach((page, cause) -> run.report(pageDamaged(view, disk, page, cause, passedOver)));
            // Without the whole map nobody can say which data belong to which point.
            if (passedOver) {
                checkData(older.orElseThrow(), disk);
            }
        }
    }

    private void checkData(LogView view, DiskId disk) throws IOException {
        new DataCheck(this, access, pages, view, disk, run).run(view.runs(disk, Long.MAX_VALUE));
    }

    /// The pages of a disk's maps that cannot be read, and why.
    private Map<FrameRef, String> pages(LogView view, DiskId disk) throws IOException {
        Map<FrameRef, String> damaged = new LinkedHashMap<>();
        for (Run map : view.runs(disk, Long.MAX_VALUE)) {
            RunPages.check(
                    pages,
                    map,
                    frame -> {
                        run.page();
                        named.add(frame.source().object());
                    },
                    (frame, error) -> damaged.put(frame, cause(error)));
        }
        return damaged;
    }

    /// The log through a checkpoint older than those that hold damaged pages, if that says as much.
    private Optional<LogView> behind(LogView view, Set<FrameRef> damaged) throws IOException {
        long below = Long.MAX_VALUE;
        for (FrameRef page : damaged) {
            ObjectRef object = page.source().object();
            if (object.kind() != ObjectRef.Kind.CHECKPOINT) {
                return Optional.empty();
            }
            below = Math.min(below, object.low());
        }
        try {
            return Optional.of(LogView.open(access, below)).filter(older -> older.headSlot() == view.headSlot());
        } catch (DamagedObjectException e) {
            return Optional.empty();
        }
    }

    private Finding pageDamaged(LogView view, DiskId disk, FrameRef page, String cause, boolean passedOver) {
        String name = name(page.source().object());
        String what = "A page of the map of disk " + disk + " of machine " + machine + " in the object " + name
                + " at byte " + page.offset() + " cannot be read: " + cause;
        Finding finding = passedOver
                ? Finding.of(
                        FindingCode.PAGE_PASSED_OVER,
                        machine,
                        what + " Nothing is lost: an older checkpoint and the slots after it say the same, and"
                                + " maintenance writes a new one.")
                : Finding.of(FindingCode.PAGE_DAMAGED, machine, what + " Parts of the disk are lost.")
                        .hitting(pointsOf(view, disk));
        return finding.on(disk).object(name);
    }

    private void keyUnreadable(LogView view, DiskId disk) {
        String name = KeyRing.objectName(machine, disk.uuid());
        String cause = run.damagedKeys().getOrDefault(disk, "There is no such object.");
        run.report(Finding.of(
                        FindingCode.DISK_KEY_UNREADABLE,
                        machine,
                        "The key of disk " + disk + " of machine " + machine + " in the object " + name
                                + " cannot be read, so the disk cannot be; restore the object from a copy of the vault. "
                                + cause)
                .hitting(pointsOf(view, disk))
                .on(disk)
                .object(name));
    }

    private static List<Long> pointsOf(LogView view, DiskId disk) {
        return view.points().stream()
                .filter(point -> point.hardware().disks().stream().anyMatch(d -> d.id().equals(disk)))
                .map(RecoveryPoint::slot)
                .toList();
    }

    /// Why something cannot be read.
    ///
    /// @throws IOException the error itself, if it says nothing about the vault but only that the store did not
    ///     answer
    static String cause(IOException error) throws IOException {
        boolean damage = error instanceof DamagedObjectException
                || error instanceof FrameException
                || error instanceof IndexFormatException
                || (error instanceof StoreException store
                        && (store.kind() == StoreException.Kind.NOT_FOUND || store.kind() == StoreException.Kind.CUT));
        if (!damage) {
            throw error;
        }
        return String.valueOf(error.getMessage());
    }

    private void reportOrphans(LogView view) {
        view.tail().forEach(slot -> named.addAll(slot.segments()));
        view.checkpoint()
                .ifPresent(checkpoint -> checkpoint.deletions().forEach(deletion -> named.add(deletion.object())));
        sizes.forEach((object, size) -> {
            if (object.kind() == ObjectRef.Kind.SEGMENT && !named.contains(object)) {
                run.report(Finding.of(
                                FindingCode.ORPHAN_SEGMENT,
                                machine,
                                "The object " + name(object) + " (" + size
                                        + " bytes) belongs to no slot: an interrupted writer left it, or one is writing it"
                                        + " now. Maintenance deletes it after a day.")
                        .object(name(object)));
            }
        });
    }

    MachineId machine() {
        return machine;
    }

    /// Notes that an object is needed, and says how large it is; -1 if it is not there.
    long need(ObjectRef object) {
        named.add(object);
        return sizes.getOrDefault(object, -1L);
    }

    String name(ObjectRef object) {
        return object.name(machine);
    }
}

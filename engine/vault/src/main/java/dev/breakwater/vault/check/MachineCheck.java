package dev.breakwater.vault.check;

import dev.breakwater.framecodec.FrameException;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.index.IndexFormatException;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.PageLoader;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.index.RunPages;
import dev.breakwater.vault.log.LogView;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.object.Checkpoint;
import dev.breakwater.vault.object.DamagedObjectException;
import dev.breakwater.vault.object.DocumentHash;
import dev.breakwater.vault.object.FrameAccess;
import dev.breakwater.vault.object.SlotManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Checks one machine's part of a vault, from the log down to the data.
final class MachineCheck {

    private static final long PAGE_CACHE_BYTES = 32L << 20;

    private final FrameAccess access;
    private final MachineId machine;
    private final CheckDepth depth;
    private final long witness;
    private final Consumer<Finding> listener;
    private final PageLoader pages;
    private final Map<ObjectRef, Long> sizes = new HashMap<>();
    private final Set<ObjectRef> named = new HashSet<>();
    private int findings;
    private int critical;
    private long pageCount;
    private long frameCount;

    MachineCheck(MachineVault part, CheckDepth depth, long witness, Consumer<Finding> listener) {
        this.access = new FrameAccess(part.store(), part.vault(), part.keys());
        this.machine = part.machine();
        this.depth = depth;
        this.witness = witness;
        this.listener = listener;
        this.pages = new PageLoader(access::metadata, PAGE_CACHE_BYTES);
    }

    CheckSummary run() throws IOException {
        for (ObjectRef.Kind kind : ObjectRef.Kind.values()) {
            listObjects(kind);
        }
        int points = 0;
        Optional<LogView> view = log();
        if (view.isPresent()) {
            points = view.get().points().size();
            if (view.get().headSlot() < witness) {
                report(new Finding.RolledBack(machine, view.get().headSlot(), witness));
            }
            checkDisks(view.get());
            reportOrphans(view.get());
        }
        return new CheckSummary(1, points, pageCount, frameCount, findings, critical, witness > 0 ? 1 : 0);
    }

    void report(Finding finding) {
        findings++;
        if (finding.severity() == Severity.CRITICAL) {
            critical++;
        }
        listener.accept(finding);
    }

    private void listObjects(ObjectRef.Kind kind) throws IOException {
        for (ObjectInfo info : LogView.list(access, kind, new ObjectRef(kind, 0, 0))) {
            try {
                sizes.put(ObjectRef.parse(kind, machine, info.name()), info.size());
            } catch (IllegalArgumentException e) {
                report(new Finding.StrangeObject(machine, info.name()));
            }
        }
    }

    /// The log as far as it can be read; nothing if there is no way in.
    private Optional<LogView> log() throws IOException {
        Optional<Checkpoint> checkpoint = Optional.empty();
        long newest = newest(ObjectRef.Kind.CHECKPOINT);
        if (newest > 0) {
            ObjectRef object = ObjectRef.checkpoint(newest);
            try {
                checkpoint = Optional.of(Checkpoint.read(access, newest, size(object)));
            } catch (DamagedObjectException e) {
                report(new Finding.CheckpointDamaged(machine, name(object), String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }
        long slot = checkpoint.map(Checkpoint::slot).orElse(0L);
        DocumentHash hash = checkpoint.map(Checkpoint::slotHash).orElse(DocumentHash.NONE);
        List<SlotManifest> tail = new ArrayList<>();
        long last = newest(ObjectRef.Kind.POINT);
        while (slot < last) {
            slot++;
            Optional<SlotManifest.Stored> stored = slot(slot, hash);
            if (stored.isEmpty()) {
                break;
            }
            tail.add(stored.get().manifest());
            hash = stored.get().hash();
        }
        return Optional.of(new LogView(checkpoint, tail, hash));
    }

    private Optional<SlotManifest.Stored> slot(long slot, DocumentHash before) throws IOException {
        ObjectRef object = ObjectRef.point(slot);
        if (!sizes.containsKey(object)) {
            report(new Finding.SlotMissing(machine, slot, name(object)));
            return Optional.empty();
        }
        try {
            SlotManifest.Stored stored = SlotManifest.read(access, slot, size(object));
            if (!stored.manifest().previousHash().equals(before)) {
                report(new Finding.ChainBroken(machine, slot, name(object)));
                return Optional.empty();
            }
            return Optional.of(stored);
        } catch (DamagedObjectException e) {
            report(new Finding.SlotDamaged(machine, slot, name(object), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private long newest(ObjectRef.Kind kind) {
        return sizes.keySet().stream()
                .filter(object -> object.kind() == kind)
                .mapToLong(ObjectRef::low)
                .max()
                .orElse(0);
    }

    private void checkDisks(LogView view) throws IOException {
        for (DiskId disk : view.disks()) {
            List<Run> runs = view.runs(disk, Long.MAX_VALUE);
            int before = findings;
            for (Run run : runs) {
                RunPages.check(
                        pages,
                        run,
                        frame -> {
                            pageCount++;
                            named.add(frame.source().object());
                        },
                        (frame, error) -> {
                            String cause = cause(error);
                            report(new Finding.PageDamaged(
                                    machine, disk, name(frame.source().object()), frame.offset(), cause));
                        });
            }
            // Without the whole map nobody can say which data belong to which point.
            if (findings == before) {
                DataCheck data = new DataCheck(this, access, pages, view, disk, depth);
                data.run(runs);
                frameCount += data.frames();
            }
        }
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
        // What could not be read may name them.
        if (critical > 0) {
            return;
        }
        sizes.forEach((object, size) -> {
            if (object.kind() == ObjectRef.Kind.SEGMENT && !named.contains(object)) {
                report(new Finding.OrphanSegment(machine, name(object), size));
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

    private long size(ObjectRef object) {
        return sizes.getOrDefault(object, 0L);
    }
}

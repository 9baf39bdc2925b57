package dev.breakwater.vault.reading;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.index.ExtentPage;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.PageLoader;
import dev.breakwater.vault.log.LastDurable;
import dev.breakwater.vault.log.LogView;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.object.DamagedObjectException;
import dev.breakwater.vault.object.FrameAccess;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a machine's log through caches of pages and of opened frames.
final class LogReader implements MachineReader {

    /// Pages of the index: 48 MiB hold the fences of 4 TiB in random 4 KiB extents many times over.
    private static final long PAGE_CACHE_BYTES = 48L << 20;

    /// Opened frames: readers of a file system come back to the same ones.
    private static final long FRAME_CACHE_BYTES = 32L << 20;

    /// Blocks of one request for digests.
    private static final int MAX_DIGESTS = 65_536;

    private final FrameAccess access;
    private final PageLoader pages;
    private final FrameCache frames;
    private volatile LogView view;

    private LogReader(FrameAccess access, LogView view) {
        this.access = access;
        this.pages = new PageLoader(access::metadata, PAGE_CACHE_BYTES);
        this.frames = new FrameCache(access, FRAME_CACHE_BYTES);
        this.view = view;
    }

    static LogReader open(MachineVault vault) throws IOException {
        FrameAccess access = new FrameAccess(vault.store(), vault.vault(), vault.keys());
        return new LogReader(access, LogView.open(access));
    }

    PageLoader pages() {
        return pages;
    }

    FrameCache frames() {
        return frames;
    }

    @Override
    public void refresh() throws IOException {
        view = LogView.open(access);
    }

    @Override
    public List<RecoveryPoint> points() {
        return view.points();
    }

    @Override
    public Optional<RecoveryPoint> point(PointId id) {
        return view.points().stream().filter(point -> point.id().equals(id)).findFirst();
    }

    @Override
    public Optional<LastDurable> lastDurable() {
        return view.lastDurable();
    }

    @Override
    public Optional<String> damage() {
        return view.lostEnd();
    }

    @Override
    public Set<DiskId> disks() {
        return view.disks();
    }

    @Override
    public ReadableDisk disk(PointId point, DiskId disk) {
        LogView current = view;
        RecoveryPoint of = require(point);
        long size = description(of, disk).sizeBytes();
        return new PointDisk(this, new DiskMap(disk, of.slot(), current.runs(disk, of.slot())), size);
    }

    /// Another map of a disk, after one could not be read: that of the newest checkpoint if an object of the old
    /// one is gone, that of an older checkpoint if a page is damaged.
    ///
    /// @throws IOException the same as before if there is none
    DiskMap mapAnew(DiskMap old, IOException failure) throws IOException {
        switch (failure) {
            case StoreException e when e.kind() == StoreException.Kind.NOT_FOUND -> refresh();
            case DamagedObjectException damage -> goBehind(damage);
            default -> throw failure;
        }
        LogView current = view;
        if (!current.readableSlots().contains(old.slot())) {
            throw failure;
        }
        return new DiskMap(old.disk(), old.slot(), current.runs(old.disk(), old.slot()));
    }

    private void goBehind(DamagedObjectException damage) throws IOException {
        Optional<ObjectRef> object = ObjectRef.find(ObjectRef.Kind.CHECKPOINT, access.machine(), damage.objectName());
        if (object.isEmpty()) {
            throw damage;
        }
        LogView older = LogView.open(access, object.get().low());
        if (older.headSlot() < view.headSlot()) {
            throw damage;
        }
        view = older;
    }

    @Override
    public BlockDigests digests(DiskId disk, long firstBlock, int blocks) throws IOException {
        if (firstBlock < 0 || blocks < 1 || blocks > MAX_DIGESTS || firstBlock > ExtentPage.MAX_BLOCKS - blocks) {
            throw new IllegalArgumentException("no digests of " + blocks + " blocks from " + firstBlock);
        }
        DiskMap map = newest(disk);
        try {
            return map.digests(pages, firstBlock, blocks);
        } catch (DamagedObjectException | StoreException e) {
            return mapAnew(map, e).digests(pages, firstBlock, blocks);
        }
    }

    private DiskMap newest(DiskId disk) {
        LogView current = view;
        long slot = current.headSlot();
        return new DiskMap(disk, slot, current.runs(disk, slot));
    }

    @Override
    public Iterator<ByteRange> differences(PointId from, PointId to, DiskId disk) throws IOException {
        RecoveryPoint a = require(from);
        RecoveryPoint b = require(to);
        long size =
                Math.max(description(a, disk).sizeBytes(), description(b, disk).sizeBytes());
        long newer = Math.max(a.slot(), b.slot());
        DiskMap map = new DiskMap(disk, newer, view.runs(disk, newer));
        return new DifferingRanges(pages, map, a.slot(), b.slot(), size);
    }

    private RecoveryPoint require(PointId id) {
        return point(id)
                .orElseThrow(() -> new IllegalArgumentException("Machine " + access.machine()
                        + " has no recovery point " + id + " in the vault; it may have been pruned."
                        + damage().map(what -> " Its newest points cannot be opened: " + what)
                                .orElse("")));
    }

    private static DiskDescription description(RecoveryPoint point, DiskId disk) {
        return point.hardware().disks().stream()
                .filter(description -> description.id().equals(disk))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The recovery point " + point.id() + " has no disk " + disk + "."));
    }

    @Override
    public void close() {
        // Memory only.
    }
}

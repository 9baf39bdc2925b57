package dev.breakwater.vault.check;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.index.ExtentPage;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.index.LiveSlots;
import dev.breakwater.vault.index.MergeCursor;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.PageLoader;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.index.RunBuilder;
import dev.breakwater.vault.index.VersionSelection;
import dev.breakwater.vault.log.LogView;
import dev.breakwater.vault.object.FrameAccess;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Checks the data of one disk whose whole map can be read: every version that somebody can see. The map is walked in
/// order, the data are opened on several threads, some frames at a time.
final class DataCheck {

    /// Findings that are collected with their points before they are reported; past it each stands for many.
    private static final int MAX_FINDINGS = 1000;

    /// A thread per processor opens frames; more than eight are faster than any store.
    private static final int THREADS = Math.min(8, Runtime.getRuntime().availableProcessors());

    /// Frames opened together, at most 8 MiB of content; neighbours are read in one call to the store.
    private static final int BATCH_FRAMES = 32;

    /// Pieces of frames in a batch: many small ones may come from one frame.
    private static final int BATCH_PIECES = 2048;

    private final MachineCheck check;
    private final FrameAccess access;
    private final PageLoader pages;
    private final DiskId disk;
    private final CheckRun run;
    private final List<Long> points;
    private final LiveSlots live;
    private final Map<Object, Damage> damages = new LinkedHashMap<>();
    private List<FramePiece> batch = new ArrayList<>();
    private final Set<FrameRef> batchFrames = new HashSet<>();
    private final Deque<Future<FrameBatch.Result>> running = new ArrayDeque<>();

    /// Something wrong, and the points that suffer.
    private record Damage(TreeSet<Long> points, Finding finding) {}

    DataCheck(MachineCheck check, FrameAccess access, PageLoader pages, LogView view, DiskId disk, CheckRun run) {
        this.check = check;
        this.access = access;
        this.pages = pages;
        this.disk = disk;
        this.run = run;
        this.points = view.points().stream().map(RecoveryPoint::slot).toList();
        this.live = new LiveSlots(view.readableSlots());
    }

    void run(List<Run> runs) throws IOException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            MergeCursor cursor = new MergeCursor(pages, runs, 0);
            VersionSelection selection = new VersionSelection(live);
            while (cursor.next()) {
                int count = selection.select(cursor, true);
                for (int i = 0; i < count; i++) {
                    int version = selection.kept(i);
                    if (!cursor.isZero(version)) {
                        check(cursor, version, threads);
                    }
                }
            }
            submit(threads);
            while (!running.isEmpty()) {
                take(running.remove());
            }
        }
        damages.values().forEach(damage -> run.report(damage.finding.hitting(List.copyOf(damage.points))));
    }

    private void check(MergeCursor cursor, int version, ExecutorService threads) throws IOException {
        FrameRef frame = cursor.page(version).frameRef(cursor.extent(version));
        ObjectRef object = frame.source().object();
        long size = check.need(object);
        long newer = version == 0 ? Long.MAX_VALUE : cursor.slot(version - 1);
        if (size < 0 || frame.offset() + frame.frameLength() > size) {
            unreadable(newer, cursor.start(), cursor.length());
        }
        if (size < 0) {
            damaged(object, cursor.slot(version), newer, () -> missing(object));
        } else if (frame.offset() + frame.frameLength() > size) {
            damaged(object, cursor.slot(version), newer, () -> cut(object));
        } else if (run.depth() == CheckDepth.DATA) {
            boolean full = batch.size() == BATCH_PIECES
                    || (batchFrames.size() == BATCH_FRAMES && !batchFrames.contains(frame));
            if (full) {
                submit(threads);
            }
            batchFrames.add(frame);
            batch.add(piece(cursor, version, frame, newer));
        }
    }

    private FramePiece piece(MergeCursor cursor, int version, FrameRef frame, long newer) throws IOException {
        ExtentPage page = cursor.page(version);
        int extent = cursor.extent(version);
        int blocks = (int) cursor.length();
        int skip = cursor.skip(version);
        byte[] digests = pages.digests(Objects.requireNonNull(page.digests()));
        int from = (page.digest(extent) + skip) * RunBuilder.DIGEST_BYTES;
        byte[] expected = Arrays.copyOfRange(digests, from, from + blocks * RunBuilder.DIGEST_BYTES);
        int at = (page.blockInFrame(extent) + skip) * Blocks.BLOCK_BYTES;
        return new FramePiece(frame, cursor.start(), at, blocks, expected, cursor.slot(version), newer);
    }

    private void submit(ExecutorService threads) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        while (running.size() > THREADS) {
            take(running.remove());
        }
        FrameBatch next = new FrameBatch(access, disk, batch);
        running.add(threads.submit(next::open));
        batch = new ArrayList<>();
        batchFrames.clear();
    }

    private void take(Future<FrameBatch.Result> opened) throws IOException {
        FrameBatch.Result result;
        try {
            result = opened.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause
                    ? cause
                    : new IOException("The data could not be checked.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The check was interrupted.", e);
        }
        run.opened(result.frames(), result.bytes());
        for (FrameBatch.Bad bad : result.bad()) {
            FramePiece piece = bad.piece();
            FrameRef frame = piece.frame();
            unreadable(piece.newer(), piece.firstBlock(), piece.blocks());
            Object what = bad.cause().isPresent() ? frame : (Object) bad.block();
            damaged(
                    what,
                    piece.slot(),
                    piece.newer(),
                    () -> bad.cause()
                            .map(cause -> frameDamaged(frame, cause))
                            .orElseGet(() -> mismatch(frame, bad.block())));
        }
    }

    private void unreadable(long newer, long firstBlock, long blocks) {
        if (newer == Long.MAX_VALUE) {
            run.unreadable(
                    check.machine(), disk, new ByteRange(firstBlock * Blocks.BLOCK_BYTES, blocks * Blocks.BLOCK_BYTES));
        }
    }

    private void damaged(Object what, long slot, long newer, Supplier<Finding> finding) {
        if (damages.size() >= MAX_FINDINGS && !damages.containsKey(what)) {
            return;
        }
        Damage damage = damages.computeIfAbsent(what, ignored -> new Damage(new TreeSet<>(), finding.get()));
        points.stream().filter(point -> point >= slot && point < newer).forEach(damage.points::add);
    }

    private Finding missing(ObjectRef object) {
        return finding(
                FindingCode.OBJECT_MISSING, object, "The object " + check.name(object) + with() + " is missing.");
    }

    private Finding cut(ObjectRef object) {
        return finding(FindingCode.OBJECT_CUT, object, "The object " + check.name(object) + with() + " is cut.");
    }

    private Finding frameDamaged(FrameRef frame, String cause) {
        ObjectRef object = frame.source().object();
        return finding(
                FindingCode.FRAME_DAMAGED,
                object,
                "The object " + check.name(object) + with() + " is damaged at byte " + frame.offset() + ": " + cause);
    }

    private Finding mismatch(FrameRef frame, long block) {
        ObjectRef object = frame.source().object();
        return finding(
                FindingCode.DIGEST_MISMATCH,
                object,
                "Block " + block + " in the object " + check.name(object) + with()
                        + " is not what was written: a program that wrote the vault was broken.");
    }

    private String with() {
        return " with data of disk " + disk + " of machine " + check.machine();
    }

    private Finding finding(FindingCode code, ObjectRef object, String message) {
        return Finding.of(code, check.machine(), message).on(disk).object(check.name(object));
    }
}

package dev.breakwater.vault.check;

import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.Blocks;
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
import dev.breakwater.vault.reading.FrameCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Checks the data of one disk whose whole map can be read: every version that somebody can see.
final class DataCheck {

    /// Findings that are collected with their points before they are reported; past it each stands for many.
    private static final int MAX_FINDINGS = 1000;

    private static final long FRAME_CACHE_BYTES = 32L << 20;

    private final MachineCheck check;
    private final PageLoader pages;
    private final DiskId disk;
    private final CheckDepth depth;
    private final List<Long> points;
    private final LiveSlots live;
    private final FrameCache contents;
    private final BlockDigester digester;
    private final byte[] digests = new byte[80 * RunBuilder.DIGEST_BYTES];
    private final Map<Object, Damage> damages = new LinkedHashMap<>();
    private long frames;
    private @Nullable FrameRef lastFrame;
    private byte[] lastContent = new byte[0];

    /// Something wrong, and the points that suffer.
    private record Damage(TreeSet<Long> points, Function<List<Long>, Finding> finding) {}

    DataCheck(MachineCheck check, FrameAccess access, PageLoader pages, LogView view, DiskId disk, CheckDepth depth) {
        this.check = check;
        this.pages = pages;
        this.digester = new BlockDigester(access.digestKey());
        this.disk = disk;
        this.depth = depth;
        this.points = view.points().stream().map(RecoveryPoint::slot).toList();
        this.live = new LiveSlots(view.readableSlots());
        this.contents = new FrameCache(access, FRAME_CACHE_BYTES);
    }

    /// Frames that were opened, some of them more than once.
    long frames() {
        return frames;
    }

    void run(List<Run> runs) throws IOException {
        MergeCursor cursor = new MergeCursor(pages, runs, 0);
        VersionSelection selection = new VersionSelection(live);
        while (cursor.next()) {
            int count = selection.select(cursor, true);
            for (int i = 0; i < count; i++) {
                int version = selection.kept(i);
                if (!cursor.isZero(version)) {
                    check(cursor, version);
                }
            }
        }
        damages.values().forEach(damage -> check.report(damage.finding.apply(List.copyOf(damage.points))));
    }

    private void check(MergeCursor cursor, int version) throws IOException {
        FrameRef frame = cursor.page(version).frameRef(cursor.extent(version));
        ObjectRef object = frame.source().object();
        String name = check.name(object);
        long size = check.need(object);
        if (size < 0) {
            damaged(object, cursor, version, slots -> new Finding.ObjectMissing(check.machine(), disk, name, slots));
        } else if (frame.offset() + frame.frameLength() > size) {
            damaged(object, cursor, version, slots -> new Finding.ObjectCut(check.machine(), disk, name, slots));
        } else if (depth == CheckDepth.DATA) {
            checkContent(cursor, version, frame, name);
        }
    }

    private void checkContent(MergeCursor cursor, int version, FrameRef frame, String name) throws IOException {
        Damage known = damages.get(frame);
        if (known != null) {
            suffer(known, cursor, version);
            return;
        }
        if (!frame.equals(lastFrame)) {
            lastFrame = null;
            try {
                lastContent = Objects.requireNonNull(
                        contents.load(disk, List.of(frame)).get(frame));
                lastFrame = frame;
                frames++;
            } catch (IOException e) {
                String cause = MachineCheck.cause(e);
                damaged(
                        frame,
                        cursor,
                        version,
                        slots -> new Finding.FrameDamaged(check.machine(), disk, name, frame.offset(), slots, cause));
                return;
            }
        }
        ExtentPage page = cursor.page(version);
        int extent = cursor.extent(version);
        int blocks = (int) cursor.length();
        int skip = cursor.skip(version);
        int at = (page.blockInFrame(extent) + skip) * Blocks.BLOCK_BYTES;
        digester.digest(ByteBuffer.wrap(lastContent, at, blocks * Blocks.BLOCK_BYTES), blocks, digests, 0);
        byte[] expected = pages.digests(Objects.requireNonNull(page.digests()));
        int from = (page.digest(extent) + skip) * RunBuilder.DIGEST_BYTES;
        int length = blocks * RunBuilder.DIGEST_BYTES;
        int wrong = Arrays.mismatch(expected, from, from + length, digests, 0, length);
        if (wrong >= 0) {
            long block = cursor.start() + wrong / RunBuilder.DIGEST_BYTES;
            damaged(
                    block,
                    cursor,
                    version,
                    slots -> new Finding.DigestMismatch(check.machine(), disk, block, name, slots));
        }
    }

    private void damaged(Object what, MergeCursor cursor, int version, Function<List<Long>, Finding> finding) {
        if (damages.size() >= MAX_FINDINGS && !damages.containsKey(what)) {
            return;
        }
        suffer(damages.computeIfAbsent(what, ignored -> new Damage(new TreeSet<>(), finding)), cursor, version);
    }

    private void suffer(Damage damage, MergeCursor cursor, int version) {
        long from = cursor.slot(version);
        long before = version == 0 ? Long.MAX_VALUE : cursor.slot(version - 1);
        points.stream().filter(slot -> slot >= from && slot < before).forEach(damage.points::add);
    }
}

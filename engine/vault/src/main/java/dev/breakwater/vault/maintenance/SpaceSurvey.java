package dev.breakwater.vault.maintenance;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskId;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.index.LiveSlots;
import dev.breakwater.vault.index.MergeCursor;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.PageLoader;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.index.RunMerge;
import dev.breakwater.vault.index.RunPages;
import dev.breakwater.vault.index.VersionSelection;
import dev.breakwater.vault.log.LogView;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How much of each object is still needed. Walks the whole index once, without digests; remembers a few bytes per
/// object.
final class SpaceSurvey {

    private final Map<ObjectRef, Long> liveData = new HashMap<>();
    private final Set<ObjectRef> pages = new HashSet<>();
    private long extents;
    private long neededExtents;

    private SpaceSurvey() {}

    /// @param view a log without slots after its checkpoint
    /// @param live who still reads
    static SpaceSurvey of(LogView view, PageLoader loader, LiveSlots live) throws IOException {
        SpaceSurvey survey = new SpaceSurvey();
        VersionSelection selection = new VersionSelection(live);
        for (DiskId disk : view.disks()) {
            List<Run> runs = view.runs(disk, Long.MAX_VALUE);
            for (Run run : runs) {
                RunPages.forEach(
                        loader, run, frame -> survey.pages.add(frame.source().object()));
                survey.extents += run.extents();
            }
            MergeCursor cursor = new MergeCursor(loader, runs, 0);
            while (cursor.next()) {
                int count = selection.select(cursor, true);
                survey.neededExtents += count;
                for (int i = 0; i < count; i++) {
                    survey.count(cursor, selection.kept(i));
                }
            }
        }
        return survey;
    }

    private void count(MergeCursor cursor, int version) {
        if (cursor.isZero(version)) {
            return;
        }
        FrameRef frame = cursor.page(version).frameRef(cursor.extent(version));
        // A frame's bytes are shared out among its blocks.
        long share = Math.ceilDiv(
                cursor.length() * Blocks.BLOCK_BYTES * frame.frameLength(), Math.max(1, frame.rawLength()));
        liveData.merge(frame.source().object(), share, Long::sum);
    }

    /// Bytes of data in an object that someone may still read, about.
    long liveData(ObjectRef object) {
        return liveData.getOrDefault(object, 0L);
    }

    /// Whether an object holds data that someone may still read.
    boolean hasData(ObjectRef object) {
        return liveData.containsKey(object);
    }

    /// Whether an object holds pages of the index.
    boolean hasPages(ObjectRef object) {
        return pages.contains(object);
    }

    /// Whether more than a quarter of the index speaks of what nobody can see any more.
    boolean indexIsStale() {
        return extents > RunMerge.SMALL_INDEX && neededExtents < extents - extents / 4;
    }
}

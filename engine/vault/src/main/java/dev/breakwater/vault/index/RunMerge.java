package dev.breakwater.vault.index;

import dev.breakwater.model.DiskId;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Merges adjacent runs of a disk into one, leaving out versions that nobody can see any more.
public final class RunMerge {

    /// An index of at most this many extents is not worth rewriting for its own sake.
    public static final long SMALL_INDEX = 4096;

    private final PageLoader loader;
    private final VersionSelection selection;
    private final FrameRelocation relocation;

    /// @param loader where pages come from
    /// @param live who still reads
    /// @param relocation where frames are to lie
    public RunMerge(PageLoader loader, LiveSlots live, FrameRelocation relocation) {
        this.loader = loader;
        this.selection = new VersionSelection(live);
        this.relocation = relocation;
    }

    /// Merges.
    ///
    /// @param disk whose runs
    /// @param newestFirst the runs
    /// @param bottom whether no older run exists, so that below these everything is zeros
    /// @param output where the new pages go
    /// @return the new run, or nothing if it has no extents
    public Optional<Run> merge(DiskId disk, List<Run> newestFirst, boolean bottom, PageOutput output)
            throws IOException, InterruptedException {
        long fromSlot = newestFirst.stream().mapToLong(Run::fromSlot).min().orElseThrow();
        long toSlot = newestFirst.stream().mapToLong(Run::toSlot).max().orElseThrow();
        RunBuilder builder = new RunBuilder(disk, fromSlot, toSlot, output);
        MergeCursor cursor = new MergeCursor(loader, newestFirst, 0);
        DigestSource digests = new DigestSource(loader);
        while (cursor.next()) {
            int count = selection.select(cursor, bottom);
            if (count > 0) {
                write(disk, cursor, count, builder, digests);
            }
        }
        return builder.finish();
    }

    private void write(DiskId disk, MergeCursor cursor, int count, RunBuilder builder, DigestSource digests)
            throws IOException, InterruptedException {
        builder.group(cursor.start());
        for (int i = 0; i < count; i++) {
            int version = selection.kept(i);
            ExtentPage page = cursor.page(version);
            int extent = cursor.extent(version);
            if (page.isZero(extent)) {
                builder.zeros(cursor.length(), page.slot(extent), count == 1);
                continue;
            }
            int skip = cursor.skip(version);
            builder.data(
                    (int) cursor.length(),
                    page.slot(extent),
                    count == 1,
                    relocation.place(disk, page.frameRef(extent)),
                    page.blockInFrame(extent) + skip,
                    digests.of(page),
                    (page.digest(extent) + skip) * RunBuilder.DIGEST_BYTES);
        }
    }

    /// The digests of the few pages that a merge is in.
    private static final class DigestSource {

        private static final int REMEMBERED = 32;

        private final PageLoader loader;
        private final @Nullable ExtentPage[] pages = new ExtentPage[REMEMBERED];
        private final byte[][] digests = new byte[REMEMBERED][];
        private int next;

        DigestSource(PageLoader loader) {
            this.loader = loader;
        }

        byte[] of(ExtentPage page) throws IOException {
            for (int i = 0; i < REMEMBERED; i++) {
                if (pages[i] == page) {
                    return digests[i];
                }
            }
            next = (next + 1) % REMEMBERED;
            digests[next] = loader.digests(Objects.requireNonNull(page.digests()));
            pages[next] = page;
            return digests[next];
        }
    }
}

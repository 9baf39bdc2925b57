package dev.breakwater.vault.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// Walks several runs of a disk at once, newest first, in pieces: ranges over which the set of versions does
/// not change. Each piece comes with all its versions, newest first. Holds a page per run, and the versions
/// of one range of each.
public final class MergeCursor {

    private final Input[] inputs;
    private long from;
    private long pieceStart;
    private long pieceEnd;
    private int versions;
    private ExtentPage[] page = new ExtentPage[16];
    private int[] extent = new int[16];

    /// A cursor before the first piece that ends after a block; the first piece does not begin before that block.
    ///
    /// @param loader where pages come from
    /// @param newestFirst runs of one disk, of slots apart from each other
    /// @param block where to begin
    public MergeCursor(PageLoader loader, List<Run> newestFirst, long block) throws IOException {
        this.from = block;
        this.inputs = new Input[newestFirst.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = new Input(new RunCursor(loader, newestFirst.get(i), block));
        }
    }

    /// Goes to the next piece.
    ///
    /// @return false if there is none
    public boolean next() throws IOException {
        long start = Long.MAX_VALUE;
        for (Input input : inputs) {
            input.skipTo(from);
            start = Math.min(start, Math.max(from, input.start));
        }
        if (start == Long.MAX_VALUE) {
            return false;
        }
        long end = Long.MAX_VALUE;
        versions = 0;
        for (Input input : inputs) {
            if (input.start <= start) {
                end = Math.min(end, input.end);
                take(input);
            } else {
                end = Math.min(end, input.start);
            }
        }
        pieceStart = start;
        pieceEnd = end;
        from = end;
        return true;
    }

    private void take(Input input) {
        int needed = versions + input.versions;
        if (page.length < needed) {
            page = Arrays.copyOf(page, needed * 2);
            extent = Arrays.copyOf(extent, needed * 2);
        }
        System.arraycopy(input.page, 0, page, versions, input.versions);
        System.arraycopy(input.extent, 0, extent, versions, input.versions);
        versions = needed;
    }

    /// First block of the piece.
    public long start() {
        return pieceStart;
    }

    /// The block after the piece.
    public long end() {
        return pieceEnd;
    }

    /// Blocks in the piece.
    public long length() {
        return pieceEnd - pieceStart;
    }

    /// How many versions the piece has, at least one.
    public int versions() {
        return versions;
    }

    /// The page of a version.
    public ExtentPage page(int version) {
        return page[version];
    }

    /// A version's extent in its page. It may begin before the piece and end after it.
    public int extent(int version) {
        return extent[version];
    }

    /// Who wrote a version.
    public long slot(int version) {
        return page[version].slot(extent[version]);
    }

    /// Whether a version is zeros.
    public boolean isZero(int version) {
        return page[version].isZero(extent[version]);
    }

    /// How far into a version's extent the piece begins, in blocks.
    public int skip(int version) {
        return (int) (pieceStart - page[version].start(extent[version]));
    }

    /// The version that a state of the disk has: the newest that is not newer than a slot.
    ///
    /// @return its number, or -1 if there was nothing yet, which reads as zeros
    public int versionAt(long slot) {
        int low = 0;
        int high = versions;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (slot(middle) <= slot) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low < versions ? low : -1;
    }

    /// One run, and the versions of the range in it that is next.
    private static final class Input {

        private final RunCursor cursor;
        private long start = -1;
        private long end = -1;
        private int versions;
        private ExtentPage[] page = new ExtentPage[4];
        private int[] extent = new int[4];

        Input(RunCursor cursor) {
            this.cursor = cursor;
        }

        void skipTo(long block) throws IOException {
            while (end <= block && start != Long.MAX_VALUE) {
                load();
            }
        }

        private void load() throws IOException {
            versions = 0;
            if (cursor.atEnd()) {
                start = Long.MAX_VALUE;
                end = Long.MAX_VALUE;
                return;
            }
            start = cursor.page().start(cursor.extent());
            end = cursor.page().end(cursor.extent());
            while (!cursor.atEnd() && cursor.page().start(cursor.extent()) == start) {
                if (versions == page.length) {
                    page = Arrays.copyOf(page, versions * 2);
                    extent = Arrays.copyOf(extent, versions * 2);
                }
                page[versions] = cursor.page();
                extent[versions++] = cursor.extent();
                cursor.next();
            }
        }
    }
}

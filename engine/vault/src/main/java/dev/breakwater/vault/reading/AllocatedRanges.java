package dev.breakwater.vault.reading;

import dev.breakwater.vault.index.MergeCursor;
import dev.breakwater.vault.index.PageLoader;
import java.io.IOException;

/// The ranges of a disk that hold data. When the map cannot be read on, it looks for another one, once.
final class AllocatedRanges extends RangeIterator {

    private final PageLoader pages;
    private final Another another;
    private final long slot;
    private MergeCursor cursor;
    private boolean changed;
    private long block;

    /// Finds another map of the same disk and slot.
    @FunctionalInterface
    interface Another {

        /// The other map.
        ///
        /// @throws IOException the failure, if there is none
        DiskMap map(IOException failure) throws IOException;
    }

    AllocatedRanges(PageLoader pages, DiskMap map, long sizeBytes, Another another) throws IOException {
        super(sizeBytes);
        this.pages = pages;
        this.another = another;
        this.slot = map.slot();
        this.cursor = new MergeCursor(pages, map.runs(), 0);
    }

    @Override
    boolean advance() throws IOException {
        while (nextPiece()) {
            block = cursor.end();
            int version = cursor.versionAt(slot);
            if (version >= 0 && !cursor.isZero(version)) {
                return true;
            }
        }
        return false;
    }

    private boolean nextPiece() throws IOException {
        try {
            return cursor.next();
        } catch (IOException e) {
            if (changed) {
                throw e;
            }
            changed = true;
            cursor = new MergeCursor(pages, another.map(e).runs(), block);
            return cursor.next();
        }
    }

    @Override
    long from() {
        return cursor.start();
    }

    @Override
    long to() {
        return cursor.end();
    }
}

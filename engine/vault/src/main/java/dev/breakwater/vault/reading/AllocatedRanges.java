package dev.breakwater.vault.reading;

import dev.breakwater.vault.index.MergeCursor;
import dev.breakwater.vault.index.PageLoader;
import java.io.IOException;

/// The ranges of a disk that hold data.
final class AllocatedRanges extends RangeIterator {

    private final MergeCursor cursor;
    private final long slot;

    AllocatedRanges(PageLoader pages, DiskMap map, long sizeBytes) throws IOException {
        super(sizeBytes);
        this.cursor = new MergeCursor(pages, map.runs(), 0);
        this.slot = map.slot();
    }

    @Override
    boolean advance() throws IOException {
        while (cursor.next()) {
            int version = cursor.versionAt(slot);
            if (version >= 0 && !cursor.isZero(version)) {
                return true;
            }
        }
        return false;
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

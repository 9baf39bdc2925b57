package dev.breakwater.vault.reading;

import dev.breakwater.vault.index.MergeCursor;
import dev.breakwater.vault.index.PageLoader;
import java.io.IOException;
import java.util.Arrays;

/// The ranges in which a disk differs between two slots. Blocks are compared by digest where their versions differ.
final class DifferingRanges extends RangeIterator {

    private static final int BYTES = BlockDigests.DIGEST_BYTES;

    /// Zeros may be compared with zeros only; a piece with data is never longer than a frame.
    private static final int MAX_DATA_BLOCKS = 80;

    private final PageLoader pages;
    private final MergeCursor cursor;
    private final long oneSlot;
    private final long otherSlot;
    private final byte[] one = new byte[MAX_DATA_BLOCKS * BYTES];
    private final byte[] other = new byte[MAX_DATA_BLOCKS * BYTES];
    private long pieceEnd;
    private long from;
    private long to;

    DifferingRanges(PageLoader pages, DiskMap newest, long oneSlot, long otherSlot, long sizeBytes) throws IOException {
        super(sizeBytes);
        this.pages = pages;
        this.cursor = new MergeCursor(pages, newest.runs(), 0);
        this.oneSlot = oneSlot;
        this.otherSlot = otherSlot;
    }

    @Override
    boolean advance() throws IOException {
        while (true) {
            if (to == pieceEnd) {
                if (!nextPiece()) {
                    return false;
                }
            }
            from = to;
            while (from < pieceEnd && same(from)) {
                from++;
            }
            to = from;
            while (to < pieceEnd && !same(to)) {
                to++;
            }
            if (from < to) {
                return true;
            }
        }
    }

    private boolean nextPiece() throws IOException {
        while (cursor.next()) {
            int a = cursor.versionAt(oneSlot);
            int b = cursor.versionAt(otherSlot);
            boolean bothZero = isZero(a) && isZero(b);
            if (a != b && !bothZero) {
                load(a, one);
                load(b, other);
                to = cursor.start();
                pieceEnd = cursor.end();
                return true;
            }
        }
        return false;
    }

    private boolean isZero(int version) {
        return version < 0 || cursor.isZero(version);
    }

    private void load(int version, byte[] target) throws IOException {
        int count = (int) cursor.length();
        if (!isZero(version)) {
            DiskMap.copyDigests(pages, cursor, version, count, target, 0);
            return;
        }
        // The digest of zeros.
        Arrays.fill(target, 0, count * BYTES, (byte) 0);
    }

    private boolean same(long block) {
        int at = (int) (block - cursor.start()) * BYTES;
        return Arrays.equals(one, at, at + BYTES, other, at, at + BYTES);
    }

    @Override
    long from() {
        return from;
    }

    @Override
    long to() {
        return to;
    }
}

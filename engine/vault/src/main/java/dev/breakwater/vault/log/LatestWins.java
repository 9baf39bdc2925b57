package dev.breakwater.vault.log;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Puts pieces that arrived in any order, and that may overlap, into disjoint ascending ranges; of pieces
/// that overlap the one that arrived last wins.
final class LatestWins {

    /// A piece's number takes this many bits of a sort key, its first block the rest.
    private static final int NUMBER_BITS = 23;

    private final long[] start;
    private final long[] length;
    private final int count;
    private final long[] order;
    private final boolean simple;
    private final PriorityQueue<Integer> open = new PriorityQueue<>(Comparator.reverseOrder());
    private int next;
    private long position;
    private int piece;
    private long from;
    private long to;

    /// @param start first blocks, below 2^40
    /// @param length numbers of blocks
    /// @param count how many pieces, at most 2^22
    /// @param ascending whether they are known to be disjoint and ascending
    LatestWins(long[] start, long[] length, int count, boolean ascending) {
        this.start = start;
        this.length = length;
        this.count = count;
        this.order = ascending ? new long[0] : sorted();
        this.simple = ascending || disjoint();
    }

    private long[] sorted() {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = start[i] << NUMBER_BITS | i;
        }
        Arrays.sort(keys);
        return keys;
    }

    private boolean disjoint() {
        for (int i = 1; i < count; i++) {
            int before = number(i - 1);
            if (start[before] + length[before] > start[number(i)]) {
                return false;
            }
        }
        return true;
    }

    private int number(int rank) {
        return order.length == 0 ? rank : (int) (order[rank] & ((1 << NUMBER_BITS) - 1));
    }

    /// Goes to the next range.
    ///
    /// @return false if there is none
    boolean next() {
        return simple ? nextSimple() : nextOverlapping();
    }

    private boolean nextSimple() {
        if (next == count) {
            return false;
        }
        piece = number(next++);
        from = start[piece];
        to = from + length[piece];
        return true;
    }

    private boolean nextOverlapping() {
        while (!open.isEmpty() && end(open.peek()) <= position) {
            open.poll();
        }
        if (open.isEmpty()) {
            if (next == count) {
                return false;
            }
            position = start[number(next)];
        }
        while (next < count && start[number(next)] <= position) {
            open.add(number(next++));
        }
        while (end(open.element()) <= position) {
            open.poll();
        }
        piece = open.element();
        from = position;
        to = end(piece);
        if (next < count) {
            to = Math.min(to, start[number(next)]);
        }
        position = to;
        return true;
    }

    private long end(int number) {
        return start[number] + length[number];
    }

    /// The piece that wins.
    int piece() {
        return piece;
    }

    /// First block of the range.
    long from() {
        return from;
    }

    /// The block after the range.
    long to() {
        return to;
    }
}

package dev.breakwater.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/// What happened, as a number that tells two runs apart, and the newest of it in words.
final class Trace {

    /// Enough to see how a failure came about.
    private static final int KEPT = 400;

    private final Deque<String> newest = new ArrayDeque<>();
    private long hash = 17;
    private long count;

    /// A thread took its turn.
    void add(String what) {
        hash = hash * 1_000_003 + what.hashCode();
        count++;
    }

    /// Something that a reader of a failure wants to see.
    void tell(long nanos, String what) {
        add(what);
        newest.add("%10.3f s  %s".formatted(nanos / 1e9, what));
        if (newest.size() > KEPT) {
            newest.remove();
        }
    }

    long hash() {
        return hash * 31 + count;
    }

    String story() {
        return String.join("\n", newest);
    }
}

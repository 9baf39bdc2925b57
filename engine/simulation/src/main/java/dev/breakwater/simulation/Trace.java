package dev.breakwater.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/// What happened, as a number that tells two runs apart, and the newest of it in words.
final class Trace {

    /// Enough to see how a failure came about.
    private static final int KEPT = 400;

    private final Deque<Told> newest = new ArrayDeque<>();

    private record Told(long nanos, String what) {}

    private long hash = 17;
    private long count;

    /// A thread took its turn.
    void add(String what) {
        add(what.hashCode());
    }

    /// Something that stands for what happened.
    void add(long number) {
        hash = hash * 1_000_003 + number;
        count++;
    }

    /// Something that a reader of a failure wants to see.
    void tell(long nanos, String what) {
        add(what);
        newest.add(new Told(nanos, what));
        if (newest.size() > KEPT) {
            newest.remove();
        }
    }

    long hash() {
        return hash * 31 + count;
    }

    String story() {
        return newest.stream()
                .map(told -> "%10.3f s  %s".formatted(told.nanos() / 1e9, told.what()))
                .collect(Collectors.joining("\n"));
    }
}

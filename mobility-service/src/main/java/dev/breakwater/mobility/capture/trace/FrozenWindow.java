package dev.breakwater.mobility.capture.trace;

import java.util.ArrayList;
import java.util.List;

/// What changed while nothing should: the changes seen since the window was opened. Safe for several threads.
public final class FrozenWindow {

    /// More than a disk completes in a freeze of seconds; past it, [#overflowed].
    private static final int MAX_CHANGES = 1 << 16;

    /// A change.
    ///
    /// @param disk which of the tracker's disks, counted from 0
    /// @param offset first byte
    /// @param length bytes
    /// @param discard whether it was a discard
    public record Change(int disk, long offset, long length, boolean discard) {}

    private final List<Change> changes = new ArrayList<>();
    private boolean open;
    private boolean overflowed;

    /// Starts with nothing seen.
    public synchronized void open() {
        changes.clear();
        overflowed = false;
        open = true;
    }

    /// Notes nothing any more.
    public synchronized void close() {
        open = false;
        changes.clear();
    }

    synchronized void note(int disk, long offset, long length, boolean discard) {
        if (!open) {
            return;
        }
        if (changes.size() == MAX_CHANGES) {
            overflowed = true;
        } else {
            changes.add(new Change(disk, offset, length, discard));
        }
    }

    /// What was seen since it was opened or last taken.
    public synchronized List<Change> take() {
        List<Change> result = List.copyOf(changes);
        changes.clear();
        return result;
    }

    /// Whether more happened than it holds.
    public synchronized boolean overflowed() {
        return overflowed;
    }
}

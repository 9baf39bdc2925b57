package dev.breakwater.processserver.machine;

/// Shares the memory for what machines have sent and nobody has taken over yet.
///
/// Each machine may have a window's worth on its way; the window shrinks when more machines are connected, so that the
/// sum stays within the budget, but never below what a machine needs to keep sending. Windows shrink as they are
/// renewed, so just after a storm of connections the sum may for a moment be larger by the old windows.
public final class WindowBudget {

    /// A few pieces of 256 KiB must fit, or a machine would wait for an answer after each.
    private static final long MIN_WINDOW = 1L << 20;

    /// On a line of 1 Gbit/s with 100 ms there and back 12 MiB are on their way; more only fills memory.
    private static final long MAX_WINDOW = 16L << 20;

    private final long totalBytes;
    private int connections;

    /// @param totalBytes what all machines together may have on their way
    public WindowBudget(long totalBytes) {
        this.totalBytes = totalBytes;
    }

    synchronized void opened() {
        connections++;
    }

    synchronized void closed() {
        connections--;
    }

    /// The window of each machine now.
    synchronized long window() {
        return Math.clamp(totalBytes / Math.max(1, connections), MIN_WINDOW, MAX_WINDOW);
    }
}

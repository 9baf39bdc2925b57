package dev.breakwater.processserver.machine;

/// Shares memory among the machines that are assigned, so that two hundred of them need no more than a few.
///
/// Two things grow with the number of machines: what a machine has sent and nobody has taken over yet (its window), and
/// the segment that its writer is filling. The more machines, the smaller both, down to what a machine needs to go on
/// at all. Shares shrink as windows are renewed and writers opened, so just after a change the sum may for a while be
/// larger by the old shares.
public final class MemoryShares {

    /// A few pieces of 256 KiB must fit, or a machine would wait for an answer after each.
    private static final long MIN_WINDOW = 1L << 20;

    /// On a line of 1 Gbit/s with 100 ms there and back 12 MiB are on their way; more only fills memory.
    private static final long MAX_WINDOW = 16L << 20;

    /// Below it the vault would fill with small objects.
    private static final long MIN_SEGMENT = 2L << 20;

    /// A few seconds of upload on a slow line; larger ones do not make the vault cheaper to read.
    private static final long MAX_SEGMENT = 16L << 20;

    private final long windowBytes;
    private final long segmentBytes;
    private volatile int machines = 1;

    /// @param windowBytes what all machines together may have on their way
    /// @param segmentBytes what all machines' writers together may be filling
    public MemoryShares(long windowBytes, long segmentBytes) {
        this.windowBytes = windowBytes;
        this.segmentBytes = segmentBytes;
    }

    /// Says how many machines share.
    public void share(int count) {
        machines = Math.max(1, count);
    }

    /// The window of each machine now.
    long window() {
        return Math.clamp(windowBytes / machines, MIN_WINDOW, MAX_WINDOW);
    }

    /// The size of each machine's segments now.
    int segment() {
        return (int) Math.clamp(segmentBytes / machines, MIN_SEGMENT, MAX_SEGMENT);
    }
}

package dev.breakwater.mobility.capture.trace;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Compares the sectors that were traced with those that the kernel counted, from quiet moment to quiet moment: an
/// independent witness that no change went unseen.
public final class SectorAudit {

    private static final long UNKNOWN = -1;

    private final TraceTracker tracker;
    private final long[] counted;
    private final long[] seen;

    /// Begins without a first moment.
    public SectorAudit(TraceTracker tracker) {
        this.tracker = tracker;
        this.counted = new long[tracker.disks().size()];
        this.seen = new long[counted.length];
        Arrays.fill(counted, UNKNOWN);
    }

    /// The kernel's counts now; take them before the barrier that proves the window empty.
    ///
    /// @throws IOException if a disk is gone
    public long[] counts() throws IOException {
        long[] counts = new long[counted.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = tracker.disks().get(i).sectorsChanged();
        }
        return counts;
    }

    /// Compares at a quiet moment; this moment is the next comparison's first.
    ///
    /// @param before [#counts] before the barrier. If they differ from those of now, a disk was not quiet and
    ///     nothing is compared.
    /// @return what does not agree
    /// @throws IOException if a disk is gone
    public Optional<String> compare(long[] before) throws IOException {
        long[] now = counts();
        if (!Arrays.equals(before, now)) {
            return Optional.empty();
        }
        String flaw = null;
        for (int i = 0; i < now.length; i++) {
            TracedDisk disk = tracker.disks().get(i);
            long seenNow = tracker.sectorsSeen(i);
            // A bio's event and the kernel's count differ where a driver counts on its own: requests only.
            if (disk.counted() && disk.requestBased() && counted[i] != UNKNOWN) {
                long missing = (now[i] - counted[i]) - (seenNow - seen[i]);
                if (missing > 0) {
                    flaw = missing + " of " + (now[i] - counted[i]) + " sectors that changed on " + disk.name()
                            + " were not seen by the tracer";
                }
            }
            counted[i] = now[i];
            seen[i] = seenNow;
        }
        return Optional.ofNullable(flaw);
    }
}

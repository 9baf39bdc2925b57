package dev.breakwater.vault.maintenance;

import dev.breakwater.model.DiskId;
import dev.breakwater.vault.index.PageOutput;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.index.RunMerge;
import dev.breakwater.vault.log.LogView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Which runs a checkpoint merges: those of the new slots, and older ones for as long as the next is not more
/// than twice as large as what is merged already. So each extent is merged a number of times that grows with
/// the logarithm of the map's size, and so does the number of runs.
final class TieredMerge {

    /// A run counts as at least this many extents: reading a tiny one costs as much as reading a small one.
    private static final long LEAST_WEIGHT = 64;

    private TieredMerge() {}

    /// The runs of a disk that are to be merged, newest first.
    static List<Run> inputs(LogView view, DiskId disk) {
        long covered = covered(view);
        List<Run> all = view.runs(disk, Long.MAX_VALUE);
        int count = 0;
        long weight = 0;
        for (Run run : all) {
            boolean small = run.extents() <= 2 * Math.max(weight, LEAST_WEIGHT);
            // Without new slots there is nothing to merge into.
            if (run.fromSlot() <= covered && (count == 0 || !small)) {
                break;
            }
            count++;
            weight += Math.max(LEAST_WEIGHT, run.extents());
        }
        return all.subList(0, count);
    }

    private static long covered(LogView view) {
        return view.checkpoint().isPresent() ? view.checkpoint().get().slot() : 0;
    }

    /// Merges what is due.
    ///
    /// @return the runs of all disks afterwards
    static List<Run> merge(LogView view, RunMerge merge, PageOutput output) throws IOException, InterruptedException {
        List<Run> after = new ArrayList<>();
        for (DiskId disk : view.disks()) {
            List<Run> all = view.runs(disk, Long.MAX_VALUE);
            List<Run> inputs = inputs(view, disk);
            if (!inputs.isEmpty()) {
                boolean bottom = inputs.size() == all.size();
                merge.merge(disk, inputs, bottom, output).ifPresent(after::add);
            }
            after.addAll(all.subList(inputs.size(), all.size()));
        }
        return after;
    }
}

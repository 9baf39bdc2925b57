package dev.breakwater.mobility.capture;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is left out of each disk: active swap and what the owner of the capture names. Safe for several threads.
final class Exclusions {

    private final SwapExclusion swap = new SwapExclusion();
    private final Map<DiskId, List<ByteRange>> swapRanges = new HashMap<>();
    private final Map<DiskId, List<ByteRange>> named = new HashMap<>();
    private final Map<DiskId, List<ByteRange>> applied = new HashMap<>();
    private List<String> remarks = List.of();

    /// Looks for active swap again.
    synchronized void refresh(List<CapturedDisk> disks) throws IOException {
        List<String> found = new ArrayList<>();
        for (CapturedDisk disk : disks) {
            SwapExclusion.Found active = swap.on(disk.disk().device());
            swapRanges.put(disk.disk().id(), active.ranges());
            active.names().forEach(name -> found.add("Active swap on " + name + " is left out."));
            apply(disk);
        }
        remarks = List.copyOf(found);
    }

    synchronized void name(CapturedDisk disk, List<ByteRange> ranges) {
        named.put(disk.disk().id(), List.copyOf(ranges));
        apply(disk);
    }

    synchronized List<String> remarks() {
        return remarks;
    }

    private void apply(CapturedDisk disk) {
        DiskId id = disk.disk().id();
        List<ByteRange> all = new ArrayList<>(swapRanges.getOrDefault(id, List.of()));
        all.addAll(named.getOrDefault(id, List.of()));
        List<ByteRange> before = applied.getOrDefault(id, List.of());
        if (all.equals(before)) {
            return;
        }
        disk.map().exclude(all);
        applied.put(id, all);
        // What is no longer left out may have changed unseen.
        for (ByteRange range : before) {
            if (!all.contains(range)) {
                disk.map().mark(range.offset(), range.length());
            }
        }
    }
}

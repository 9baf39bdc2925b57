package dev.breakwater.mobility.capture;

import dev.breakwater.model.ByteRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is left out of the disks: active swap, and files that this program preallocated for itself. Safe for several
/// threads.
///
/// A range is left out only while the file lies there: it is looked up before each point and again after the thaw
/// ([#refresh]), and a point during which a range ceased to be left out is taken again.
final class Exclusions {

    private final LeftOutFiles files = new LeftOutFiles();
    private OwnFiles own = OwnFiles.NONE;
    private List<String> remarks = List.of();

    /// Names this program's files; [#refresh] finds them.
    synchronized void own(OwnFiles wanted) {
        own = wanted;
    }

    /// Looks for everything again. What is no longer left out is dirty: it may have changed unseen.
    ///
    /// @return whether a block that was left out is so no longer
    synchronized boolean refresh(List<CapturedDisk> disks) throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> ownFiles = own.list();
        boolean ended = false;
        long ownBytes = 0;
        for (CapturedDisk disk : disks) {
            String device = disk.disk().device();
            LeftOutFiles.Found swap = files.swapOn(device);
            swap.names().forEach(name -> found.add("Active swap on " + name + " is left out."));
            List<ByteRange> ranges = new ArrayList<>(files.filesOn(device, ownFiles));
            ownBytes += ranges.stream().mapToLong(ByteRange::length).sum();
            ranges.addAll(swap.ranges());
            ended |= disk.map().exclude(ranges);
        }
        String ofOwn = own.remark(ownBytes);
        if (!ofOwn.isEmpty()) {
            found.add(ofOwn);
        }
        remarks = List.copyOf(found);
        return ended;
    }

    synchronized List<String> remarks() {
        return remarks;
    }
}

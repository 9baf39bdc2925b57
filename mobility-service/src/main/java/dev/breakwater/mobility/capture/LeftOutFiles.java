package dev.breakwater.mobility.capture;

import dev.breakwater.mobility.discovery.BlockDevices;
import dev.breakwater.mobility.discovery.LinuxDisks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.platform.linux.FileExtents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the blocks of files on captured disks that are left out: active swap, and files that this program keeps for
/// itself. Swap changes all the time, means nothing after a restart, and is written
/// past any freeze, so it is left out; its first page, which makes it swap and holds its name, is kept.
final class LeftOutFiles {

    private static final long HEADER_BYTES = 4096;

    private final LinuxDisks machine = new LinuxDisks();

    /// What is left out of one disk.
    ///
    /// @param ranges where its content lies
    /// @param names the swap partitions and files, for people
    record Found(List<ByteRange> ranges, List<String> names) {}

    Found swapOn(String device) throws IOException {
        List<ByteRange> ranges = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Optional<BlockDevices.Place> disk = BlockDevices.place(device);
        if (disk.isEmpty()) {
            return new Found(ranges, names);
        }
        for (LinuxDisks.Swap swap : machine.swaps()) {
            Optional<BlockDevices.Place> place = swap.partition()
                    ? BlockDevices.place(Path.of(swap.path()).toString())
                    : machine.placeOfFixedFiles(swap.path());
            if (place.isEmpty() || !place.get().disk().equals(disk.get().disk())) {
                continue;
            }
            names.add(swap.path());
            if (swap.partition()) {
                add(ranges, place.get().offset() + HEADER_BYTES, place.get().length() - HEADER_BYTES);
            } else {
                for (FileExtents.Extent extent : FileExtents.onDevice(swap.path())) {
                    long skip = extent.fileOffset() == 0 ? HEADER_BYTES : 0;
                    add(ranges, place.get().offset() + extent.deviceOffset() + skip, extent.length() - skip);
                }
            }
        }
        return new Found(ranges, names);
    }

    /// Where files lie on a disk, all of their blocks.
    List<ByteRange> filesOn(String device, List<Path> files) throws IOException {
        List<ByteRange> ranges = new ArrayList<>();
        Optional<BlockDevices.Place> disk = BlockDevices.place(device);
        if (files.isEmpty() || disk.isEmpty()) {
            return ranges;
        }
        // All of them lie in one folder's file system.
        Optional<BlockDevices.Place> place =
                machine.placeOfFixedFiles(files.getFirst().toRealPath().toString());
        if (place.isEmpty() || !place.get().disk().equals(disk.get().disk())) {
            return ranges;
        }
        for (Path file : files) {
            for (FileExtents.Extent extent : FileExtents.onDevice(file.toString())) {
                add(ranges, place.get().offset() + extent.deviceOffset(), extent.length());
            }
        }
        return ranges;
    }

    private static void add(List<ByteRange> ranges, long offset, long length) {
        if (length > 0) {
            ranges.add(new ByteRange(offset, length));
        }
    }
}

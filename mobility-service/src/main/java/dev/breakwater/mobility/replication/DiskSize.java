package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.mobility.capture.ProtectedDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Asks a disk or image file how large it is.
final class DiskSize {

    private static final long SECTOR_BYTES = 512;

    private DiskSize() {}

    static ProtectedDisk protectedDisk(DiskOrder order) throws IOException {
        var path = Path.of(order.device());
        try (var disk = FileChannel.open(path, StandardOpenOption.READ)) {
            // The JDK asks a block device by ioctl.
            long size = disk.size() / SECTOR_BYTES * SECTOR_BYTES;
            if (size == 0) {
                throw new IOException(path + " has no size: no medium, or not a disk. Nothing is replicated until it"
                        + " has one or is unprotected.");
            }
            return new ProtectedDisk(order.id(), path.toString(), size);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "The disk " + path + " is not there. Nothing is replicated until it is back or unprotected.", e);
        }
    }
}

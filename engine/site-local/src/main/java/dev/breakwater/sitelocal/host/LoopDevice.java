package dev.breakwater.sitelocal.host;

import dev.breakwater.platform.stop.Uninterrupted;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that the kernel shows as a disk. Needs root.
public final class LoopDevice implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoopDevice.class);
    private static final int SECTOR_BYTES = 512;

    private final Path device;

    private LoopDevice(Path device) {
        this.device = device;
    }

    /// Attaches a file to a free loop device.
    ///
    /// @throws IOException if the kernel or our rights do not allow it
    public static LoopDevice attach(Path file) throws IOException, InterruptedException {
        return new LoopDevice(Path.of(HostCommand.run(
                List.of("losetup", "-f", "--show", file.toAbsolutePath().toString()))));
    }

    /// The device, for example `/dev/loop0`.
    public Path device() {
        return device;
    }

    /// Tells the kernel of a partition and returns its device. Kernels without a parser for our partition table, which
    /// cloud kernels may be, do not find it by themselves.
    ///
    /// @throws IOException if the kernel refuses it
    public static Path partition(Path disk, int number, long startBytes, long sizeBytes)
            throws IOException, InterruptedException {
        Path node = Path.of(disk + (disk.toString().matches(".*[0-9]") ? "p" : "") + number);
        if (!Files.exists(node)) {
            HostCommand.run(List.of(
                    "addpart",
                    disk.toString(),
                    Integer.toString(number),
                    Long.toString(startBytes / SECTOR_BYTES),
                    Long.toString(sizeBytes / SECTOR_BYTES)));
        }
        return node;
    }

    /// The devices whose files lie in a folder, whoever attached them.
    ///
    /// @throws IOException if the kernel's list cannot be read
    public static List<LoopDevice> attachedBelow(Path folder) throws IOException {
        List<LoopDevice> found = new ArrayList<>();
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
            for (Path device : devices) {
                Path backing = device.resolve("loop/backing_file");
                // The kernel writes " (deleted)" behind the name of a file that is gone.
                if (Files.exists(backing)
                        && Path.of(Files.readString(backing).strip()).startsWith(folder.toAbsolutePath())) {
                    found.add(new LoopDevice(Path.of("/dev").resolve(device.getFileName())));
                }
            }
        }
        return found;
    }

    /// Detaches the file, its partitions first.
    @Override
    public void close() {
        try {
            Uninterrupted.run(this::detach);
        } catch (IOException e) {
            LOG.warn("Loop device {} stays attached: {}", device, e.getMessage());
        }
    }

    private void detach() throws IOException, InterruptedException {
        if (Files.exists(Path.of(device + "p1"))) {
            HostCommand.run(List.of("delpart", device.toString(), "1"));
        }
        HostCommand.run(List.of("losetup", "-d", device.toString()));
    }
}

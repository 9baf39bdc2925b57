package dev.breakwater.sitelocal.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file system mounted on this computer. Needs root.
public final class HostMount implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostMount.class);

    private final Path point;

    private HostMount(Path point) {
        this.point = point;
    }

    /// Mounts an ext4 file system.
    ///
    /// @param device block device
    /// @param point folder, created if it is missing
    /// @throws IOException if it cannot be mounted
    public static HostMount ext4(Path device, Path point) throws IOException, InterruptedException {
        Files.createDirectories(point);
        HostCommand.run(List.of("mount", "-t", "ext4", device.toString(), point.toString()));
        return new HostMount(point);
    }

    /// The folder under which the files are.
    public Path point() {
        return point;
    }

    /// Unmounts it.
    @Override
    public void close() {
        try {
            HostCommand.run(List.of("umount", point.toString()));
        } catch (IOException e) {
            LOG.warn("{} stays mounted: {}", point, e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

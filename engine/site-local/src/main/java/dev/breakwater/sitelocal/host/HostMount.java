package dev.breakwater.sitelocal.host;

import dev.breakwater.platform.stop.Uninterrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file system mounted on this computer. Needs root.
public final class HostMount implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostMount.class);

    /// A process that is being stopped lets go of its files within this many pauses.
    private static final int ATTEMPTS = 15;

    private static final Duration PAUSE = Duration.ofMillis(200);

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

    /// Unmounts it; waits a little for whoever still has a file open there.
    @Override
    public void close() {
        try {
            Uninterrupted.run(() -> unmount(point));
        } catch (IOException e) {
            LOG.warn("{} stays mounted: {}", point, e.getMessage());
        }
    }

    /// Unmounts whatever is mounted on a folder; does nothing if nothing is.
    ///
    /// @throws IOException if it stays in use
    public static void unmount(Path point) throws IOException, InterruptedException {
        for (int attempt = 1; isMounted(point); attempt++) {
            try {
                HostCommand.run(List.of("umount", point.toString()));
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static boolean isMounted(Path point) throws IOException {
        String wanted = " " + point.toAbsolutePath() + " ";
        return Files.readAllLines(Path.of("/proc/mounts")).stream().anyMatch(line -> line.contains(wanted));
    }
}

package dev.breakwater.mobility.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.DiskId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A loop device with a file system on it, of this test only.
@SuppressWarnings("try") // closing may be interrupted like the test itself
final class LoopDisk implements AutoCloseable {

    private final Path folder;
    private final Path file;
    private final ProtectedDisk disk;
    private boolean mounted;

    private LoopDisk(Path folder, Path file, ProtectedDisk disk) {
        this.folder = folder;
        this.file = file;
        this.disk = disk;
    }

    /// Skips the test, and says why, where this machine has no loop devices, tracer or tools for us.
    static void require(String... tools) throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "skipped: loop devices and the tracer need root");
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/loop-control")), "skipped: no loop devices here");
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/sys/kernel/tracing/instances")), "skipped: no tracer here (tracefs)");
        for (String tool : tools) {
            Assumptions.assumeTrue(
                    new ProcessBuilder("sh", "-c", "command -v " + tool).start().waitFor() == 0,
                    "skipped: " + tool + " is not installed");
        }
    }

    /// @param parent where its file lies: on a real disk or in memory
    /// @param type `ext4`, `xfs`, or empty for no file system
    static LoopDisk create(Path parent, long sizeBytes, String type, String mountOptions) throws Exception {
        Path folder = Files.createTempDirectory(parent, "breakwater-loop-");
        Path file = folder.resolve("image");
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(sizeBytes);
        }
        String device = sh("losetup -f --show " + file).strip();
        LoopDisk disk = new LoopDisk(folder, file, new ProtectedDisk(new DiskId(UUID.randomUUID()), device, sizeBytes));
        if (!type.isEmpty()) {
            try {
                sh(type.equals("ext4") ? "mkfs.ext4 -q -F " + device : "mkfs.xfs -q -f " + device);
                Files.createDirectory(disk.mountPoint());
                sh("mount -o " + mountOptions + " " + device + " " + disk.mountPoint());
                disk.mounted = true;
            } catch (IOException e) {
                disk.close();
                throw e;
            }
        }
        return disk;
    }

    ProtectedDisk disk() {
        return disk;
    }

    Path file() {
        return file;
    }

    Path mountPoint() {
        return folder.resolve("mnt");
    }

    /// Runs a shell command; fails with what it said.
    static String sh(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
        if (process.exitValue() != 0) {
            throw new IOException(command + ": " + said);
        }
        return said;
    }

    @Override
    public void close() throws Exception {
        if (mounted) {
            // A test may fail with processes still at work there.
            sh("fsfreeze -u " + mountPoint() + " 2>/dev/null; for i in 1 2 3 4 5 6 7 8 9 10; do umount " + mountPoint()
                    + " 2>/dev/null && break; sleep 0.2; done; ! mountpoint -q " + mountPoint() + " || umount -l "
                    + mountPoint());
        }
        sh("losetup -d " + disk.device());
        sh("rm -rf " + folder);
    }
}

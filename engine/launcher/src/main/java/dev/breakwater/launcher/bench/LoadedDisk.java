package dev.breakwater.launcher.bench;

import dev.breakwater.launcher.process.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A disk that an application uses: ext4 on a loop device over a file, mounted.
///
/// @param device the loop device
/// @param mountPoint where its file system is mounted
record LoadedDisk(String device, Path mountPoint) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedDisk.class);

    /// Makes one, which needs root.
    static LoadedDisk create(Path folder, long sizeBytes) throws IOException {
        Path image = folder.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(sizeBytes);
        }
        Path mountPoint = Files.createDirectories(folder.resolve("disk"));
        String device = Tool.run("losetup", "--find", "--show", "--direct-io=on", image.toString())
                .strip();
        LoadedDisk disk = new LoadedDisk(device, mountPoint);
        try {
            Tool.run("mkfs.ext4", "-q", "-F", device);
            Tool.run("mount", device, mountPoint.toString());
            return disk;
        } catch (IOException e) {
            disk.close();
            throw e;
        }
    }

    @Override
    public void close() {
        for (String[] command : new String[][] {{"umount", mountPoint.toString()}, {"losetup", "--detach", device}}) {
            try {
                Tool.run(command);
            } catch (IOException e) {
                LOG.warn("{} stays behind: {}", device, e.getMessage());
            }
        }
    }
}

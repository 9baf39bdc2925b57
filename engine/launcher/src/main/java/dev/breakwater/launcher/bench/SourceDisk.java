package dev.breakwater.launcher.bench;

import dev.breakwater.launcher.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The image as a disk that can be protected; it is never written to.
///
/// @param path what the mobility service protects
/// @param loop whether it is a loop device
record SourceDisk(String path, boolean loop) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceDisk.class);

    /// As root a read-only loop device, else the file.
    ///
    /// @param name where the file is to have another name: two disks have two
    static SourceDisk of(Path image, Path name) throws IOException {
        if ("root".equals(System.getProperty("user.name")) && Tool.exists("losetup")) {
            return new SourceDisk(Tool.run("losetup", "--find", "--show", "--read-only", image.toString()), true);
        }
        return new SourceDisk(Files.createSymbolicLink(name, image).toString(), false);
    }

    /// From now on a loop device reads from the image's own disk: with the page cache behind it, it would be as fast as
    /// memory, which no disk is.
    void readPastCache() throws IOException {
        if (loop) {
            Tool.run("losetup", "--direct-io=on", path);
        }
    }

    String description() {
        return loop ? "loop device, live tracking" : "image file, digest tracking";
    }

    @Override
    public void close() {
        if (loop) {
            try {
                Tool.run("losetup", "--detach", path);
            } catch (IOException e) {
                LOG.warn("The loop device {} stays behind: {}", path, e.getMessage());
            }
        }
    }
}

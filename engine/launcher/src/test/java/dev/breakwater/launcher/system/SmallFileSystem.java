package dev.breakwater.launcher.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file system in memory that is soon full, on a folder that is made for it.
final class SmallFileSystem implements AutoCloseable {

    private final Path folder;

    private SmallFileSystem(Path folder) {
        this.folder = folder;
    }

    static SmallFileSystem on(Path folder, int mebibytes) throws IOException {
        Files.createDirectories(folder);
        Subprocess.run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + mebibytes + "m", "tmpfs", folder.toString());
        return new SmallFileSystem(folder);
    }

    /// Makes room.
    void grow(int mebibytes) {
        Subprocess.run("mount", "-o", "remount,size=" + mebibytes + "m", folder.toString());
    }

    @Override
    public void close() {
        Subprocess.run("umount", folder.toString());
    }
}

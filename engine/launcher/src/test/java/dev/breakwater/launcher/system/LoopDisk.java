package dev.breakwater.launcher.system;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/// A real block device over a file, with or without a mounted file system on it.
final class LoopDisk implements AutoCloseable {

    private final Path image;
    private final String device;
    private final Path mountPoint;
    private boolean mounted;
    private byte[] unreadable = new byte[0];

    private LoopDisk(Path image, String device, Path mountPoint) {
        this.image = image;
        this.device = device;
        this.mountPoint = mountPoint;
    }

    /// A disk of zeros.
    static LoopDisk empty(Path folder, String name, long sizeBytes) throws IOException {
        Path image = folder.resolve(name + ".img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(sizeBytes);
        }
        String device =
                Subprocess.run("losetup", "-f", "--show", image.toString()).strip();
        Path mountPoint = Files.createDirectories(folder.resolve(name));
        return new LoopDisk(image, device, mountPoint);
    }

    /// A disk with a file system, mounted.
    ///
    /// @param type `ext4` or `xfs`
    /// @param options mount options, for example `discard`
    static LoopDisk mounted(Path folder, String name, long sizeBytes, String type, String options) throws IOException {
        LoopDisk disk = empty(folder, name, sizeBytes);
        try {
            Subprocess.run("mkfs." + type, type.equals("ext4") ? "-qF" : "-qf", disk.device);
            Subprocess.run("mount", "-o", options, disk.device, disk.mountPoint.toString());
            disk.mounted = true;
            return disk;
        } catch (AssertionError e) {
            disk.close();
            throw e;
        }
    }

    String device() {
        return device;
    }

    Path image() {
        return image;
    }

    Path mountPoint() {
        return mountPoint;
    }

    /// From this byte to its end the disk answers reads with an input/output error, as the kernel does past the end of
    /// the file below.
    void damage(long offset) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            byte[] content = new byte[Math.toIntExact(file.length() - offset)];
            file.seek(offset);
            file.readFully(content);
            file.setLength(offset);
            unreadable = content;
        }
    }

    /// What was damaged can be read again, and is what it was.
    void repair() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(file.length());
            file.write(unreadable);
            unreadable = new byte[0];
        }
    }

    /// Sectors read from the device since it was set up, as the kernel counts them.
    long sectorsRead() throws IOException {
        String name = Path.of(device).getFileName().toString();
        return Long.parseLong(
                Files.readString(Path.of("/sys/block", name, "stat")).strip().split("\\s+", -1)[2]);
    }

    @Override
    public void close() {
        try {
            if (mounted) {
                mounted = false;
                Subprocess.run("umount", mountPoint.toString());
            }
        } finally {
            Subprocess.run("losetup", "-d", device);
        }
    }
}

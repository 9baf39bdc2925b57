package dev.breakwater.launcher.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The practice machine's disk as an image file, for users without root: nothing is mounted, so nothing can be frozen,
/// and no point is taken while the file is being written. The load writes into the end of the file, past the file
/// system, and only between points.
final class ImageSource implements PracticeSource {

    private static final int BLOCK = 4096;

    /// Some 800 KB/s: enough to have changes at each point.
    private static final long PAUSE_MILLIS = 5;

    private final Path image;
    private final long loadStart;
    private final long sizeBytes;
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private long written;

    private ImageSource(Path image, long loadStart, long sizeBytes) {
        this.image = image;
        this.loadStart = loadStart;
        this.sizeBytes = sizeBytes;
    }

    /// Extends the image by an area for the load.
    static ImageSource extend(Path image, long loadBytes) throws IOException {
        long size = Files.size(image);
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), size + loadBytes - 1);
        }
        return new ImageSource(image, size, size + loadBytes);
    }

    @Override
    public String disk() {
        return image.toString();
    }

    @Override
    public String description() {
        return "image file (not root, so no block device): digest tracking, the load writes between points only";
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void startWorkload() {
        // It writes in load() only: a file that is being written all the time has no instant to recover to.
    }

    @Override
    public long workloadBytes() {
        return written;
    }

    @Override
    public void serve(String text) {
        // Without a mounted file system a file in it cannot be changed: the machine serves what it was built with.
    }

    @Override
    public boolean servesChanges() {
        return false;
    }

    @Override
    public void load(Duration time) throws IOException, InterruptedException {
        byte[] block = new byte[BLOCK];
        long end = System.nanoTime() + time.toNanos();
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
            while (System.nanoTime() - end < 0) {
                random.nextBytes(block);
                long at = loadStart + (long) BLOCK * random.nextLong((sizeBytes - loadStart) / BLOCK);
                channel.write(ByteBuffer.wrap(block), at);
                written += BLOCK;
                Thread.sleep(PAUSE_MILLIS);
            }
            channel.force(false);
        }
    }

    @Override
    public String copyCommand(Path target) {
        return "cp --sparse=always '" + image + "' '" + target + "'";
    }

    @Override
    public void close() {}
}

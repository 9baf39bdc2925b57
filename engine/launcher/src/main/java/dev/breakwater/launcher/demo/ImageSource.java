package dev.breakwater.launcher.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The practice machine's disk as an image file, for users without root: nothing is mounted, so nothing can be frozen;
/// the load writes into the end of the file, past the file system, and pauses at each point.
final class ImageSource implements PracticeSource {

    private static final int BLOCK = 4096;
    private static final long PAUSE_MILLIS = 5;

    private final Path image;
    private final long loadStart;
    private final long sizeBytes;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong written = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().name("workload").daemon().unstarted(this::work);
    private volatile boolean stopped;

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
        return "image file (not root, so no block device): digest tracking, the load pauses at each point";
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void startWorkload() {
        thread.start();
    }

    @Override
    public long workloadBytes() {
        return written.get();
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
    public void atPoint(Body body) throws IOException, InterruptedException {
        writing.lockInterruptibly();
        try {
            body.run();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public String copyCommand(Path target) {
        return "cp --sparse=always '" + image + "' '" + target + "'";
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        byte[] block = new byte[BLOCK];
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
            while (!stopped) {
                random.nextBytes(block);
                writing.lock();
                try {
                    channel.write(
                            ByteBuffer.wrap(block),
                            loadStart + (long) BLOCK * random.nextLong((sizeBytes - loadStart) / BLOCK));
                } finally {
                    writing.unlock();
                }
                written.addAndGet(BLOCK);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException _) {
            stopped = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

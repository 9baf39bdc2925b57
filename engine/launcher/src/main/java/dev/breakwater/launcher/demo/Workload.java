package dev.breakwater.launcher.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Writes, overwrites and deletes files in a folder until it is closed, as a busy small server does.
final class Workload implements AutoCloseable {

    /// Files that exist at the same time; together at most 32 MiB, so that they fit on a small practice disk.
    private static final int FILES = 32;

    private static final int MAX_FILE_BYTES = 1 << 20;

    /// A pause between two writes: about 20 MB/s, a load that leaves the two processors of a small computer some time.
    private static final long PAUSE_MILLIS = 20;

    /// A write waits while the file system is frozen, which takes seconds when a copy is made meanwhile.
    private static final long STOP_MILLIS = 60_000;

    private final Path folder;
    private final AtomicLong written = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile String failure = "";

    Workload(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.thread = Thread.ofPlatform().name("workload").daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    long writtenBytes() {
        return written.get();
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        try {
            if (!thread.join(java.time.Duration.ofMillis(STOP_MILLIS))) {
                throw new IOException("The workload's last write in " + folder + " does not come back; is the file"
                        + " system still frozen?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!failure.isEmpty()) {
            throw new IOException("The workload in " + folder + " failed: " + failure);
        }
    }

    private void work() {
        // Only the look of the load hangs on it; the same load at each run makes figures comparable.
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        byte[] bytes = new byte[MAX_FILE_BYTES];
        try {
            while (!stopped) {
                step(random, bytes);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | UncheckedIOException e) {
            failure = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(RandomGenerator random, byte[] bytes) throws IOException {
        Path file = folder.resolve("file-" + random.nextInt(FILES));
        if (random.nextInt(10) == 0) {
            Files.deleteIfExists(file);
            return;
        }
        int length = 4096 << random.nextInt(9);
        random.nextBytes(bytes);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long position = channel.size() < length ? 0 : random.nextLong(channel.size() - length + 1);
            channel.write(ByteBuffer.wrap(bytes, 0, Math.min(length, MAX_FILE_BYTES)), position);
            if (random.nextInt(4) == 0) {
                channel.force(false);
            }
        }
        written.addAndGet(length);
    }
}

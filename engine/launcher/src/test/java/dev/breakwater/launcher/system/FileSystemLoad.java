package dev.breakwater.launcher.system;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A thread that never lets a mounted file system rest: random writes, memory-mapped writes, appends,
/// truncations, renames, deletions, punched holes and fstrim, in an order that a seed repeats. It holds a few
/// files so that the disk does not fill.
final class FileSystemLoad implements AutoCloseable {

    private static final int FILES = 24;
    private static final int FILE_BYTES = 512 * 1024;
    private static final int PAUSE_MILLIS = 2;

    private final Path folder;
    private final Random random;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;
    private final AtomicLong operations = new AtomicLong();

    private FileSystemLoad(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().name("load " + folder).start(this::work);
    }

    static FileSystemLoad on(Path folder, long seed) {
        return new FileSystemLoad(folder, seed);
    }

    long operations() {
        return operations.get();
    }

    private void work() {
        try {
            while (!stopped) {
                one();
                operations.incrementAndGet();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | InterruptedException | AssertionError e) {
            failure = new IllegalStateException("after " + operations + " operations", e);
        }
    }

    private void one() throws IOException {
        Path file = folder.resolve("file-" + random.nextInt(FILES));
        switch (random.nextInt(40)) {
            case 0 -> Files.deleteIfExists(file);
            case 1 -> {
                if (Files.exists(file)) {
                    Files.move(
                            file, folder.resolve("file-" + random.nextInt(FILES)), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            case 2, 3 -> {
                try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
                    channel.truncate(random.nextInt(FILE_BYTES));
                }
            }
            case 4, 5, 6 -> {
                if (Files.exists(file)) {
                    Subprocess.run(
                            "fallocate",
                            "-p",
                            "-o",
                            String.valueOf(4096L * random.nextInt(64)),
                            "-l",
                            String.valueOf(4096L * (1 + random.nextInt(16))),
                            file.toString());
                }
            }
            case 7 -> Subprocess.run("fstrim", folder.toString());
            case 8, 9, 10, 11, 12 -> mapped(file);
            default -> write(file);
        }
    }

    private void write(Path file) throws IOException {
        byte[] bytes = new byte[512 + random.nextInt(32 * 1024)];
        random.nextBytes(bytes);
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), random.nextInt(FILE_BYTES));
            if (random.nextInt(8) == 0) {
                channel.force(false);
            }
        }
    }

    private void mapped(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
                Arena arena = Arena.ofConfined()) {
            MemorySegment map = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES, arena);
            for (int i = 0; i < 20; i++) {
                map.setAtIndex(ValueLayout.JAVA_LONG, random.nextInt(FILE_BYTES / 8), random.nextLong());
            }
        }
    }

    /// Stops the load; fails the test if an operation had failed before.
    @Override
    public void close() {
        stopped = true;
        Waiting.until("the load ends", Duration.ofSeconds(60), () -> !thread.isAlive(), () -> "");
        Exception seen = failure;
        if (seen != null) {
            throw new AssertionError("The load on " + folder + " failed", seen);
        }
    }
}

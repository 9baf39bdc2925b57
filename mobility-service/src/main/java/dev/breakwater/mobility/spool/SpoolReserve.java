package dev.breakwater.mobility.spool;

import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.platform.linux.NativeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Room for logs that was got from the file system beforehand: files of one size, each of which is a log at
/// one time and waits in the folder `reserve` at another. No file is made, grows or is given back while
/// points are spooled, so that the blocks of the disk below stay those of the spool.
///
/// A file that waits keeps what it held; nothing reads it. Not for several threads.
final class SpoolReserve {

    /// Size of a file: a small point wastes no more than this per disk, and a quota of 8 GiB makes 512 of them.
    static final long SLOT_BYTES = 16L << 20;

    /// The file system keeps at least this much free: a full one breaks the machine that we protect.
    private static final long MIN_FREE_BYTES = 256L << 20;

    private final Path folder;
    private final Deque<Path> free = new ArrayDeque<>();
    private int taken;
    private long named;

    private SpoolReserve(Path folder) {
        this.folder = folder;
    }

    static boolean exists(Path folder) {
        return Files.isDirectory(folder);
    }

    static SpoolReserve open(Path folder) throws IOException {
        SecretFile.createFolder(folder);
        var reserve = new SpoolReserve(folder);
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                if (Files.size(file) == SLOT_BYTES) {
                    reserve.free.add(file);
                } else {
                    Files.delete(file);
                }
            }
        }
        return reserve;
    }

    /// Whether a file is one of ours.
    static boolean isSlot(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) == SLOT_BYTES;
    }

    /// Says how many logs lie in files of the reserve already.
    void taken(int logs) {
        taken = logs;
    }

    List<Path> free() {
        return List.copyOf(free);
    }

    long freeBytes() {
        return free.size() * SLOT_BYTES;
    }

    long bytes() {
        return (free.size() + taken) * SLOT_BYTES;
    }

    /// Gets room up to the quota, as far as half of what is free allows, or gives room back that is beyond the quota.
    ///
    /// @throws IOException if the file system refuses; what was got stays
    void adjust(long quotaBytes) throws IOException {
        while (bytes() > quotaBytes && !free.isEmpty()) {
            Files.delete(free.removeLast());
        }
        long usable = Files.getFileStore(folder).getUsableSpace();
        long room = Math.max(0, Math.min(usable / 2, usable - MIN_FREE_BYTES));
        while (bytes() + SLOT_BYTES <= quotaBytes && room >= SLOT_BYTES) {
            free.add(make());
            room -= SLOT_BYTES;
        }
    }

    private Path make() throws IOException {
        Path file = unused();
        SecretFile.write(file, new byte[0]);
        try (var opened = NativeFile.openForWriting(file.toString())) {
            opened.allocate(0, SLOT_BYTES);
        } catch (IOException e) {
            Files.delete(file);
            throw e;
        }
        return file;
    }

    /// Makes a file of the reserve the log of that name.
    ///
    /// @throws SpoolFullException if none is left
    void take(Path log) throws IOException {
        var file = free.poll();
        if (file == null) {
            throw new SpoolFullException("The room that the spool got beforehand on a protected disk is used up.");
        }
        Files.move(file, log, StandardCopyOption.ATOMIC_MOVE);
        taken++;
    }

    /// Takes back what is a log no longer.
    void giveBack(Path log) throws IOException {
        Path file = unused();
        Files.move(log, file, StandardCopyOption.ATOMIC_MOVE);
        free.add(file);
        taken = Math.max(0, taken - 1);
    }

    /// Gives everything that is free back to the file system.
    void delete() throws IOException {
        while (!free.isEmpty()) {
            Files.deleteIfExists(free.removeLast());
        }
        Files.deleteIfExists(folder);
    }

    private Path unused() {
        Path file;
        do {
            file = folder.resolve("%06d".formatted(++named));
        } while (Files.exists(file));
        return file;
    }
}

package dev.breakwater.launcher.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The time of day of programs that run with [StepAgent]: the computer's, and what a file in their folder adds to it.
public final class ShiftedClock {

    private static final AtomicReference<Path> FILE = new AtomicReference<>(file(Path.of("")));

    private ShiftedClock() {}

    private static Path file(Path folder) {
        return folder.resolve("shift-seconds");
    }

    static void follow(Path folder) {
        FILE.set(file(folder));
    }

    /// Sets the clocks of all programs of a folder forward by so much in all.
    static void shift(Path folder, Duration by) throws IOException {
        Path draft = folder.resolve("shift-seconds.new");
        Files.writeString(draft, String.valueOf(by.toSeconds()));
        Files.move(draft, file(folder), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /// Stands for [InstantSource#system()].
    public static InstantSource system() {
        return ShiftedClock::now;
    }

    /// Stands for [Instant#now()].
    public static Instant now() {
        Path file = FILE.get();
        try {
            return Files.exists(file)
                    ? Instant.now().plusSeconds(Long.parseLong(Files.readString(file)))
                    : Instant.now();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

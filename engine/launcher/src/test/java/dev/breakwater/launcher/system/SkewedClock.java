package dev.breakwater.launcher.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The time of day of some programs, off by a duration that may change while they run. Durations that a
/// program measures stay right, as on a computer whose clock was set. Made by libfaketime.
final class SkewedClock {

    private final Path offset;

    private SkewedClock(Path offset) {
        this.offset = offset;
    }

    static SkewedClock off(Path folder, String name, Duration by) throws IOException {
        SkewedClock clock = new SkewedClock(folder.resolve("clock-of-" + name));
        clock.set(by);
        return clock;
    }

    /// Jumps; programs that run notice within two seconds.
    void set(Duration by) throws IOException {
        Path next = offset.resolveSibling(offset.getFileName() + ".next");
        Files.writeString(next, "%+ds%n".formatted(by.toSeconds()));
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Words before the command of a program that goes by this clock.
    List<String> words() throws IOException {
        return List.of(
                "env",
                "LD_PRELOAD=" + library(),
                "FAKETIME_TIMESTAMP_FILE=" + offset,
                "FAKETIME_CACHE_DURATION=1",
                "DONT_FAKE_MONOTONIC=1",
                // Else Java's waits end at once, again and again.
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                "NO_FAKE_STAT=1");
    }

    static void requirePossible() throws IOException {
        assumeTrue(Files.exists(library()), "needs libfaketime");
    }

    /// In a folder that is named after the processor.
    private static Path library() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));
        }
    }
}

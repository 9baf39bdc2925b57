package dev.breakwater.mobility.capture;

import dev.breakwater.platform.Entropy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/// How to capture.
///
/// @param stateFolder where dirty maps live between two runs of the program: in memory (tmpfs), because it must
///     not lie on a file system that gets frozen and must not survive a reboot; see [#memoryFolder]
/// @param name names this capture's trace instance; unique on the machine, letters, digits and hyphens
/// @param traceBufferKib trace buffer per processor, KiB
/// @param maxFrozenBytes the most that may be read into memory while frozen; what does not fit means thaw and
///     try again
/// @param restBytes freeze when no more than this is dirty, or when passes no longer help
/// @param maxFreeze a watchdog thaws after this time (plus the time-out of what runs while frozen)
/// @param clock time of day
/// @param nanos monotonic nanoseconds
/// @param entropy where incarnations come from
public record CaptureSettings(
        Path stateFolder,
        String name,
        int traceBufferKib,
        long maxFrozenBytes,
        long restBytes,
        Duration maxFreeze,
        InstantSource clock,
        LongSupplier nanos,
        Entropy entropy) {

    /// 4 MiB hold some 65,000 events: half a second at 120,000 writes a second, against a poll each 20 ms.
    private static final int DEFAULT_TRACE_BUFFER_KIB = 4096;

    /// What a disk of 1 GB/s reads in about 60 ms.
    private static final long DEFAULT_MAX_FROZEN_BYTES = 64L << 20;

    /// Some 10 ms of reading: more passes would not shorten the freeze noticeably.
    private static final long DEFAULT_REST_BYTES = 8L << 20;

    /// Applications survive a pause of this length; measured freezes stay below 300 ms.
    private static final Duration DEFAULT_MAX_FREEZE = Duration.ofSeconds(10);

    public CaptureSettings {
        if (!name.matches("[a-zA-Z0-9-]{1,64}")) {
            throw new IllegalArgumentException("A capture's name has letters, digits and hyphens: \"" + name + "\"");
        }
        if (traceBufferKib < 8 || maxFrozenBytes < 1 << 20 || restBytes < 0 || restBytes > maxFrozenBytes) {
            throw new IllegalArgumentException("Impossible bounds: trace buffer " + traceBufferKib + " KiB, frozen "
                    + maxFrozenBytes + " bytes, rest " + restBytes + " bytes");
        }
    }

    /// A folder in memory that is gone after a reboot, and is made when capture begins. Each user has one of their
    /// own.
    ///
    /// @param name of the folder, relative
    /// @throws IOException if this machine has no file system in memory where one expects it
    public static Path memoryFolder(String name) throws IOException {
        for (Path parent : List.of(Path.of("/run"), Path.of("/dev/shm"))) {
            if (Files.isWritable(parent) && Files.getFileStore(parent).type().equals("tmpfs")) {
                String user = System.getProperty("user.name", "root");
                return parent.resolve(user.equals("root") ? name : user + "-" + name);
            }
        }
        throw new IOException(
                "Neither /run nor /dev/shm is a writable file system in memory (tmpfs), where the record of changed"
                        + " blocks must lie. Mount one, or name another state folder.");
    }

    /// The usual settings.
    ///
    /// @param stateFolder see [CaptureSettings#stateFolder]
    /// @param name see [CaptureSettings#name]
    public static CaptureSettings usual(
            Path stateFolder, String name, InstantSource clock, LongSupplier nanos, Entropy entropy) {
        return new CaptureSettings(
                stateFolder,
                name,
                DEFAULT_TRACE_BUFFER_KIB,
                DEFAULT_MAX_FROZEN_BYTES,
                DEFAULT_REST_BYTES,
                DEFAULT_MAX_FREEZE,
                clock,
                nanos,
                entropy);
    }
}

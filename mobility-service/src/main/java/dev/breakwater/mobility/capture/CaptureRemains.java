package dev.breakwater.mobility.capture;

import dev.breakwater.mobility.capture.trace.TraceInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a capture leaves to its successor: an instance of the kernel's tracer, and its folder in memory.
final class CaptureRemains {

    private CaptureRemains() {}

    /// Removes both; harmless if nothing is there.
    ///
    /// @throws CaptureException if a process captures under this name
    /// @throws IOException if something of it stays
    static void remove(CaptureSettings settings) throws IOException {
        Path folder = settings.stateFolder();
        if (Files.isDirectory(folder)) {
            try (CaptureState state = CaptureState.open(folder.resolve("state"))) {
                state.invalidate();
                TraceInstance.removeIfThere(settings.name());
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.delete(folder);
        } else {
            TraceInstance.removeIfThere(settings.name());
        }
    }
}

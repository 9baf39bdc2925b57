package dev.breakwater.launcher.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// What a test needs of the machine it runs on; a test whose needs are not met is skipped with the reason.
final class Requirements {

    private Requirements() {}

    static void rootAndLoopDevices() {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.isWritable(Path.of("/dev/loop-control")),
                "needs root and loop devices");
        assumeTrue(
                Files.isDirectory(Path.of("/sys/kernel/tracing/events/block")), "needs the kernel's block tracepoints");
    }

    /// The first subfolder of a folder that holds a program.
    ///
    /// @param path where the program lies in the subfolder; the folder it lies in is returned
    static Path folder(String what, Path parent, String path) throws IOException {
        assumeTrue(Files.isDirectory(parent), "needs " + what);
        try (Stream<Path> versions = Files.list(parent)) {
            Optional<Path> found = versions.map(version -> version.resolve(path))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder());
            assumeTrue(found.isPresent(), "needs " + what);
            return found.orElseThrow().getParent();
        }
    }

    static void program(String name) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1), new String[] {"/usr/sbin", "/sbin"})
                        .flatMap(Stream::of)
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))),
                "needs the program " + name);
    }
}

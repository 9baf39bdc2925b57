package dev.breakwater.launcher.bench;

import dev.breakwater.launcher.files.Tree;
import dev.breakwater.launcher.terminal.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a benchmark works and where its figures go.
final class Workbench {

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures into this file.")
    private @Nullable Path json;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description =
                    "Where disks, vault and programs keep what they have; a temporary folder if not given. Is removed.")
    private @Nullable Path work;

    /// Measures in a folder.
    ///
    /// @param <F> the figures
    @FunctionalInterface
    interface Measurement<F> {
        F in(Path folder) throws Exception;
    }

    /// Measures in a folder of its own, which is gone afterwards, and keeps the figures where they are asked for.
    <F> F measure(Measurement<F> measurement) throws Exception {
        Path folder = work == null
                ? Files.createTempDirectory("breakwater-bench")
                : Files.createTempDirectory(Files.createDirectories(work), "bench");
        try {
            F figures = measurement.in(folder);
            if (json != null) {
                Files.writeString(json, Json.of(figures) + "\n");
            }
            return figures;
        } finally {
            Tree.delete(folder);
        }
    }
}

package dev.breakwater.launcher.demo;

import dev.breakwater.launcher.files.Tree;
import dev.breakwater.sitelocal.practice.KernelFiles;
import dev.breakwater.sitelocal.practice.PracticeMachine;
import dev.breakwater.sitelocal.practice.PracticeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder in which everything of one demonstration lies.
final class DemoFolder implements AutoCloseable {

    /// Of an image file so much more is written to by the load, past the file system.
    private static final int LOAD_PART = 8;

    private final Path folder;
    private final boolean keep;

    private DemoFolder(Path folder, boolean keep) {
        this.folder = folder;
        this.keep = keep;
    }

    /// The folder that is to be kept, or a temporary one that closing removes.
    ///
    /// @throws IOException if the folder has something in it already
    static DemoFolder make(@Nullable Path keep) throws IOException {
        if (keep == null) {
            return new DemoFolder(Files.createTempDirectory("breakwater-demo"), false);
        }
        Path folder = Files.createDirectories(keep.toAbsolutePath().normalize());
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IOException("The folder " + folder + " is not empty, so nothing was begun: what lies there"
                        + " would be mixed up with what the demonstration keeps. Name a new folder.");
            }
        }
        return new DemoFolder(folder, true);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /// Builds the practice machine.
    PracticeSource source(long sizeBytes, String content) throws IOException, InterruptedException {
        if ("root".equals(System.getProperty("user.name"))) {
            return liveSource(sizeBytes, content);
        }
        requireTools();
        Path image = Files.createDirectories(path("source")).resolve("boot.img");
        PracticeMachine.build(
                new PracticeSpec(image, sizeBytes, content, Optional.empty()), KernelFiles.defaultCache());
        return ImageSource.extend(image, sizeBytes / LOAD_PART);
    }

    /// Builds the practice machine with disks that are block devices, and mounts it.
    ///
    /// @throws IOException if this user is not root, or something is missing
    LoopSource liveSource(long sizeBytes, String content) throws IOException, InterruptedException {
        requireTools();
        return LoopSource.build(path("source"), sizeBytes, content);
    }

    private static void requireTools() throws IOException {
        List<String> missing = PracticeMachine.missing();
        if (!missing.isEmpty()) {
            throw new IOException("The practice machine cannot be built, so there is nothing to protect. Missing: "
                    + String.join(", ", missing) + ". Run `./breakwater setup` as root, and the demonstration too.");
        }
    }

    /// Copies what the engine reported of a test machine to where it is kept.
    ///
    /// @return where the screenshot is
    @Nullable
    String keptScreenshot(@Nullable String screenshot, @Nullable String serialLog) throws IOException {
        keepReport(serialLog, "test-failover.serial.log");
        return keepReport(screenshot, "test-failover.png");
    }

    /// Without `--keep` the reports go to the user's cache, where the next demonstration overwrites them.
    private @Nullable String keepReport(@Nullable String file, String name) throws IOException {
        if (file == null || !Files.exists(Path.of(file))) {
            return null;
        }
        Path folderOfReports = keep
                ? folder
                : Files.createDirectories(KernelFiles.defaultCache().resolve("demo"));
        return Files.copy(Path.of(file), folderOfReports.resolve(name), StandardCopyOption.REPLACE_EXISTING)
                .toString();
    }

    /// Deletes a part of the folder.
    void forget(String name) throws IOException {
        Tree.delete(path(name));
    }

    @Override
    public void close() throws IOException {
        if (!keep) {
            Tree.delete(folder);
        }
    }
}

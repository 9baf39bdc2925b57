package dev.breakwater.launcher.bench;

import dev.breakwater.launcher.files.Tree;
import dev.breakwater.launcher.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an administrator would do without Breakwater, measured on the same image, the same computer and in the same
/// run.
///
/// @param name what it is
/// @param command the command line
/// @param throughput how fast it was; absent if the tools are not installed
/// @param ratio our throughput divided by it
/// @param missing tools to install
record Peer(
        String name,
        String command,
        @Nullable Throughput throughput,
        @Nullable Double ratio,
        List<String> missing) {

    private static final Duration LIMIT = Duration.ofHours(2);

    private static final String CIPHER = "-aes-256-ctr -K " + "0".repeat(63) + "1 -iv " + "0".repeat(32);

    /// Compressed and encrypted into a file, synced.
    ///
    /// @param target the file, which stays
    static Peer lz4AndOpenssl(Path image, Path target) throws Exception {
        String command =
                "lz4 -1 -c '" + image + "' | openssl enc " + CIPHER + " > '" + target + "' && sync '" + target + "'";
        return measure("lz4 | openssl", command, image, "lz4", "openssl");
    }

    /// The way back from the file that [#lz4AndOpenssl] made, synced.
    static Peer opensslAndLz4(Path image, Path sealed, Path folder) throws Exception {
        Path target = folder.resolve("peer.image");
        String command = "openssl enc -d " + CIPHER + " -in '" + sealed + "' | lz4 -d -c > '" + target + "' && sync '"
                + target + "'";
        Peer measured = measure("openssl -d | lz4 -d", command, image, "lz4", "openssl");
        Files.deleteIfExists(target);
        return measured;
    }

    /// A backup into a new repository, with its usual settings.
    static Peer restic(Path image, Path folder) throws Exception {
        Path repository = folder.resolve("peer.restic");
        String environment = "RESTIC_PASSWORD=benchmark RESTIC_REPOSITORY='" + repository + "'";
        if (Tool.exists("restic")) {
            shell(environment + " restic init --quiet");
        }
        Peer measured =
                measure("restic", environment + " restic backup --quiet --no-cache '" + image + "'", image, "restic");
        Tree.delete(repository);
        return measured;
    }

    private static Peer measure(String name, String command, Path image, String... tools) throws Exception {
        List<String> missing = new ArrayList<>();
        for (String tool : tools) {
            if (!Tool.exists(tool)) {
                missing.add(tool);
            }
        }
        if (!missing.isEmpty()) {
            return new Peer(name, command, null, null, missing);
        }
        // Nobody shall wait for what the one before left to write.
        shell("sync");
        return new Peer(name, command, Throughput.timed(Files.size(image), () -> shell(command)), null, missing);
    }

    private static void shell(String command) throws IOException {
        Tool.run(LIMIT, "bash", "-o", "pipefail", "-c", command);
    }

    /// This and the same measured once more: how fast a computer in a cloud is changes from minute to minute, so what
    /// stands beside ours is measured before and after each.
    Peer and(Peer again) {
        if (throughput == null || again.throughput == null) {
            return this;
        }
        return new Peer(name, command, throughput.and(again.throughput), ratio, missing);
    }

    /// The same beside our figure.
    Peer against(Throughput ours) {
        Double beside = throughput == null ? null : ours.mbPerSecond() / throughput.mbPerSecond();
        return new Peer(name, command, throughput, beside, missing);
    }
}

package dev.breakwater.sitelocal.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs a program of this computer to its end.
public final class HostCommand {

    /// Long enough for a download of some tens of megabytes over a slow line; short enough to notice a hang.
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    /// What a person still reads of a failed command's output.
    private static final int MAX_ERROR_CHARS = 2000;

    /// Where Debian has programs for administrators and for everybody.
    private static final List<String> FOLDERS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private HostCommand() {}

    /// Runs a command without a shell.
    ///
    /// @return what it printed, without the last line break
    /// @throws IOException if it cannot be started, fails or does not end in time; the message holds its output
    public static String run(List<String> command) throws IOException, InterruptedException {
        return run(command, Path.of("/"));
    }

    /// Runs a command without a shell in a folder.
    ///
    /// @return what it printed, without the last line break
    /// @throws IOException if it cannot be started, fails or does not end in time; the message holds its output
    public static String run(List<String> command, Path folder) throws IOException, InterruptedException {
        Path output = Files.createTempFile("breakwater-command", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(resolved(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile());
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            try {
                if (!process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("`" + String.join(" ", command) + "` did not end within "
                            + DEADLINE.toMinutes() + " minutes and was stopped.");
                }
            } finally {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                String end = text.substring(Math.max(0, text.length() - MAX_ERROR_CHARS));
                throw new IOException(
                        "`" + String.join(" ", command) + "` failed with status " + process.exitValue() + ": " + end);
            }
            return text;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /// Whether a program is installed.
    public static boolean installed(String program) {
        return find(program).isPresent();
    }

    private static Optional<Path> find(String program) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The command with its program's full path: the search path of ordinary users lacks the administrators' folders.
    private static List<String> resolved(List<String> command) {
        List<String> full = new ArrayList<>(command);
        find(command.getFirst()).ifPresent(program -> full.set(0, program.toString()));
        return full;
    }
}

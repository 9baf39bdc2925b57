package dev.breakwater.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a tool of the operating system to its end.
public final class Tool {

    /// No tool that is used here has more than seconds to do; a minute means that it hangs.
    static final Duration LIMIT = Duration.ofMinutes(1);

    private Tool() {}

    /// Runs the tool and gives what it wrote to its standard output, without the last line feed.
    ///
    /// @throws IOException if it cannot be started, says that it failed, or does not end within a minute
    public static String run(String... command) throws IOException {
        return run(LIMIT, command);
    }

    /// As [#run(String...)], with a deadline of its own.
    public static String run(Duration limit, String... command) throws IOException {
        Path output = Files.createTempFile("breakwater-tool", ".out");
        Path errors = Files.createTempFile("breakwater-tool", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException(List.of(command) + " did not end within " + limit.toSeconds() + " s.");
                }
            } finally {
                process.destroyForcibly();
            }
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed with exit code " + process.exitValue() + ": "
                        + Files.readString(errors, StandardCharsets.UTF_8).strip());
            }
            return Files.readString(output, StandardCharsets.UTF_8).strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + command[0] + " was running.", e);
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    /// Whether a command of this name can be started.
    public static boolean exists(String name) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }
}

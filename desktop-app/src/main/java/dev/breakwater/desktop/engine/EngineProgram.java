package dev.breakwater.desktop.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The engine's program as the script `breakwater` has staged it beside the console.
///
/// @param app folder with `engine.classpath`, `engine.options`, `command.options` and perhaps `engine.aot`; absent in a
///     test, where the class path of this process has the engine too
public record EngineProgram(@Nullable Path app) {

    private static final String MAIN = "dev.breakwater.launcher.Main";

    /// A command that ends by itself takes a second or two; a vault in the cloud some more.
    private static final long COMMAND_SECONDS = 120;

    /// Runs a process in a session of its own, so that neither the end of the console nor a Ctrl-C in its terminal
    /// reaches it (util-linux).
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /// The one that the environment names: the script sets `BREAKWATER_APP`.
    public static EngineProgram installed() {
        String app = System.getenv("BREAKWATER_APP");
        return new EngineProgram(app == null ? null : Path.of(app));
    }

    /// Starts it as a process that outlives this one.
    ///
    /// @param log what it prints goes to the end of this file
    Process start(Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(command("engine", arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /// Runs a command to its end.
    ///
    /// @return what it printed
    /// @throws IOException if it failed; the message is what it said
    public String run(List<String> arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("breakwater-command", ".out");
        Path errors = Files.createTempFile("breakwater-command", ".err");
        try {
            Process process = new ProcessBuilder(command("command", arguments))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("The command breakwater " + arguments.getFirst() + " did not end within "
                        + COMMAND_SECONDS + " s and was stopped.");
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        Files.readString(errors, StandardCharsets.UTF_8).strip());
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private List<String> command(String options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (app == null) {
            command.addAll(List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path")));
        } else {
            command.add("@" + app.resolve(options + ".options"));
            Path cache = app.resolve("engine.aot");
            if (Files.isReadable(cache)) {
                command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
            }
            command.add("-cp");
            command.add(Files.readString(app.resolve("engine.classpath")).strip());
        }
        command.add(MAIN);
        command.addAll(arguments);
        return command;
    }
}

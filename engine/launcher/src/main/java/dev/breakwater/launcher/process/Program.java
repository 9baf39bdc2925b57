package dev.breakwater.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One of Breakwater's own programs, to be started as a process of its own with the JVM that runs this one.
public enum Program {
    /// Everything but the mobility service.
    ENGINE("engine", "dev.breakwater.launcher.Main", "-Xmx1g"),
    /// The mobility service.
    AGENT("agent", "dev.breakwater.mobility.Main", "-Xmx512m");

    /// Names the folder with the built programs; the script sets it.
    private static final String APP = "BREAKWATER_APP";

    private final String folder;
    private final String mainClass;
    private final String memory;

    Program(String folder, String mainClass, String memory) {
        this.folder = folder;
        this.mainClass = mainClass;
        this.memory = memory;
    }

    /// Starts the program.
    ///
    /// @param log what it writes goes to the end of this file
    /// @param environment variables beside those of this process
    /// @param arguments its command line
    public RunningProgram start(Path log, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.addAll(arguments);
        Files.createDirectories(
                Optional.ofNullable(log.toAbsolutePath().getParent()).orElse(Path.of("/")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new RunningProgram(name().toLowerCase(Locale.ROOT), process, log);
    }

    /// Runs the program to its end and gives what it printed.
    ///
    /// @throws IOException if its exit code is not 0
    public String run(List<String> arguments) throws IOException {
        return run(Tool.LIMIT, arguments);
    }

    /// As [#run(List)], with a deadline of its own.
    public String run(Duration limit, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.addAll(arguments);
        return Tool.run(limit, command.toArray(String[]::new));
    }

    private List<String> command() throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                memory,
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                mainClass);
    }

    /// The built program's class path, or, in a test, this process's own.
    private String classPath() throws IOException {
        String app = System.getenv(APP);
        if (app == null) {
            return System.getProperty("java.class.path");
        }
        return Files.readString(Path.of(app, folder + ".classpath")).strip();
    }
}

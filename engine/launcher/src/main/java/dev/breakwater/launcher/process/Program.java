package dev.breakwater.launcher.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
    ENGINE("engine", "dev.breakwater.launcher.Main"),
    /// The mobility service.
    AGENT("agent", "dev.breakwater.mobility.Main"),
    /// The window for administrators. It is built beside this program and not of it, so a test has it only if its class
    /// path does.
    CONSOLE("console", "dev.breakwater.desktop.Main");

    /// Names the folder with the built programs; the script sets it.
    private static final String APP = "BREAKWATER_APP";

    private final String folder;
    private final String mainClass;

    Program(String folder, String mainClass) {
        this.folder = folder;
        this.mainClass = mainClass;
    }

    /// Starts the program.
    ///
    /// @param log what it writes goes to the end of this file
    /// @param environment variables beside those of this process
    /// @param arguments its command line
    public RunningProgram start(Path log, Map<String, String> environment, List<String> arguments) throws IOException {
        return start(
                log,
                environment,
                arguments,
                ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }

    /// As [#start(Path, Map, List)], for a program that is told more with [RunningProgram#tell(String)].
    public RunningProgram startListening(Path log, Map<String, String> environment, List<String> arguments)
            throws IOException {
        return start(log, environment, arguments, ProcessBuilder.Redirect.PIPE);
    }

    private RunningProgram start(
            Path log, Map<String, String> environment, List<String> arguments, ProcessBuilder.Redirect input)
            throws IOException {
        List<String> command = command(arguments);
        Files.createDirectories(
                Optional.ofNullable(log.toAbsolutePath().getParent()).orElse(Path.of("/")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(input);
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
        List<String> command = command(arguments);
        return Tool.run(limit, command.toArray(String[]::new));
    }

    private List<String> command(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String options = options(arguments);
        command.addAll(jvmOptions(options));
        String app = System.getenv(APP);
        Path cache = app == null ? null : Path.of(app, cache(options) + ".aot");
        if (cache != null && Files.isReadable(cache)) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        command.addAll(List.of("-cp", classPath(), mainClass));
        command.addAll(arguments);
        return command;
    }

    /// Which of the files in `jvm` says how the JVM runs; the script `breakwater` chooses alike.
    private String options(List<String> arguments) {
        String group = arguments.getFirst();
        String verb = arguments.size() > 1 ? arguments.get(1) : "";
        if (this == AGENT) {
            return group.equals("run") ? "agent" : "command";
        }
        if (this == CONSOLE) {
            return "console";
        }
        return switch (group + " " + verb) {
            case "engine run" -> "engine";
            case "vault export", "vault serve" -> "recovery";
            default -> "command";
        };
    }

    /// Which ahead-of-time cache knows what this will load; the script makes one of a running engine and one of a
    /// command.
    private String cache(String options) {
        if (this != ENGINE) {
            return folder;
        }
        return options.equals("engine") ? "engine" : "command";
    }

    private static List<String> jvmOptions(String name) throws IOException {
        String resource = "/jvm/" + name + ".options";
        try (InputStream in = Program.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("The program lacks its own file " + resource + "; build it anew.");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).toList();
        }
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

package dev.breakwater.launcher.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program run by a test, with its output in a file and a deadline for its end.
final class Subprocess {

    private final List<String> command;
    private final Process process;
    private final Path output;

    private Subprocess(List<String> command, Process process, Path output) {
        this.command = command;
        this.process = process;
        this.output = output;
    }

    /// Starts a program whose standard output and error go to one file.
    static Subprocess start(Path output, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            return new Subprocess(command, process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts one of our own main classes in a JVM made for short lives.
    ///
    /// @param surroundings words before the command that make its surroundings: another network, another clock
    static Subprocess startJava(Path output, List<String> surroundings, String mainClass, List<String> arguments) {
        return startJava(output, surroundings, List.of(), mainClass, arguments);
    }

    /// The same with options of Java.
    static Subprocess startJava(
            Path output, List<String> surroundings, List<String> options, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(surroundings);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(ProgramImage.javaOptions(mainClass));
        command.addAll(options);
        command.add(mainClass);
        command.addAll(arguments);
        return start(output, command);
    }

    /// Runs a program of the system and returns what it printed; fails the test if it does not end well.
    static String run(String... command) {
        try {
            Path output = Files.createTempFile("subprocess", ".log");
            try {
                Subprocess program = start(output, List.of(command));
                int exit = program.await(Duration.ofMinutes(2));
                if (exit != 0) {
                    throw new AssertionError(String.join(" ", command) + " ended with " + exit + ": " + program.text());
                }
                return program.text();
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for the end and returns the exit status; kills the program and fails the test at the deadline.
    int await(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command.getFirst() + " did not end within " + limit + ": " + tail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// Ends it as a power cut would.
    void kill() {
        process.destroyForcibly();
        await(Duration.ofSeconds(20));
    }

    /// Asks it to end (SIGTERM) and does not wait.
    void terminate() {
        process.destroy();
    }

    /// Asks it to end and waits; kills it if it does not.
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /// All it has printed so far.
    String text() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The end of what it printed, enough for a failure's message.
    String tail() {
        String text = text();
        return text.substring(Math.max(0, text.length() - 4000));
    }
}

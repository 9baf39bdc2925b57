package dev.breakwater.launcher.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that was started and runs until it is stopped.
public final class RunningProgram implements AutoCloseable {

    /// An orderly stop writes what is open to the vault; past this a program hangs.
    private static final long STOP_SECONDS = 30;

    /// So much of a program's log helps to see why it ended.
    private static final int LAST_LINES = 15;

    private final String name;
    private final Process process;
    private final Path log;

    RunningProgram(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /// Does nothing while the program runs.
    ///
    /// @throws IOException if the program has ended; the message has the end of its log
    public void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("The " + name + " ended with exit code " + process.exitValue() + ". Its log " + log
                    + " ends with:\n" + lastLines());
        }
    }

    /// Writes a line to the standard input of a program that listens.
    ///
    /// @throws IOException if it has ended
    public void tell(String line) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /// The process, for its id.
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /// The most memory that it had resident, MiB; not a number where the system does not tell (`VmHWM` of proc(5)).
    public double peakMiB() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    /// Asks the program to end, and ends it if it does not.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}

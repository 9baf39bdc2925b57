package dev.breakwater.mobility.consistency;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Runs a shell command with a bound on its time and on what is kept of its words.
public final class ShellCommand {

    /// Enough for an error message; the rest is read and dropped.
    private static final int MAX_OUTPUT_BYTES = 4096;

    private ShellCommand() {}

    /// Runs it to its end.
    ///
    /// @param command for `/bin/sh -c`
    /// @param timeout after which it is killed, with its children
    /// @return the first of what it said
    /// @throws IOException if it cannot be started, ends with another code than 0, or takes too long
    /// @throws InterruptedException if the caller is interrupted; the command is killed
    public static String run(String command, Duration timeout) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Thread reader = Thread.ofVirtual().start(() -> read(process.getInputStream(), said));
        try {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the command did not end within " + timeout + " and was killed: " + command);
            }
            // A child left in the background may hold the pipe open.
            reader.join(Duration.ofSeconds(1));
            if (process.exitValue() != 0) {
                throw new IOException("the command ended with code " + process.exitValue() + ": " + command + "\n"
                        + said.toString(StandardCharsets.UTF_8).strip());
            }
            return said.toString(StandardCharsets.UTF_8);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void read(InputStream in, ByteArrayOutputStream said) {
        byte[] buffer = new byte[MAX_OUTPUT_BYTES];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (said.size() < MAX_OUTPUT_BYTES) {
                    said.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            said.writeBytes(
                    ("\n(its output could not be read: " + e.getMessage() + ")").getBytes(StandardCharsets.UTF_8));
        }
    }
}

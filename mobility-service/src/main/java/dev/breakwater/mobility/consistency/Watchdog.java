package dev.breakwater.mobility.consistency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The other process that thaws if we cannot: a killed process leaves its file systems frozen, and with them every
/// writer of the machine.
///
/// Spoken over the child's standard input, a line each: `arm MILLIS FOLDER…` (folders in Base64), answered by `armed`
/// when they are open; `disarm`, answered by `disarmed`. When the time is over, or the pipe ends, it thaws.
public final class Watchdog implements AutoCloseable {

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private Watchdog(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.US_ASCII);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /// Starts the process and waits until it is ready.
    ///
    /// @throws IOException if it does not start
    public static Watchdog start() throws IOException {
        List<String> command = new ArrayList<>();
        // A session of its own: what interrupts us from the terminal does not end it.
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It must write to no file: that file system may be frozen.
        command.addAll(List.of(
                "-XX:-UsePerfData",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx16m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                WatchdogMain.class.getName()));
        Watchdog watchdog = new Watchdog(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        try {
            watchdog.expect("ready");
        } catch (IOException e) {
            watchdog.close();
            throw e;
        }
        return watchdog;
    }

    /// Whether it still runs.
    public boolean alive() {
        return process.isAlive();
    }

    /// Makes it thaw these folders when the time is over or we die.
    ///
    /// @param mountPoints in the order of thawing
    /// @throws IOException if it does not answer; freeze nothing then
    public void arm(List<String> mountPoints, Duration within) throws IOException {
        StringBuilder order = new StringBuilder("arm ").append(within.toMillis());
        for (String mountPoint : mountPoints) {
            order.append(' ').append(Base64.getEncoder().encodeToString(mountPoint.getBytes(StandardCharsets.UTF_8)));
        }
        send(order.toString());
        expect("armed");
    }

    /// Everything is thawed.
    ///
    /// @throws IOException if it does not answer
    public void disarm() throws IOException {
        send("disarm");
        expect("disarmed");
    }

    private void send(String order) throws IOException {
        orders.write(order);
        orders.write('\n');
        orders.flush();
    }

    private void expect(String answer) throws IOException {
        String said = answers.readLine();
        if (!answer.equals(said)) {
            throw new IOException("the watchdog process said \"" + said + "\" where \"" + answer + "\" was due");
        }
    }

    /// Ends the process; it thaws what it was armed for.
    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

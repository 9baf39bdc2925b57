package dev.breakwater.platform.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A program that is asked to end")
class StopSignalsTest {

    private static final int SIGTERM_EXIT = 143;

    private Process program;
    private BufferedReader output;

    @AfterEach
    void end() {
        program.destroyForcibly();
    }

    @Test
    @DisplayName("finishes what is on its way and ends with 0")
    void orderly() throws Exception {
        start("quick", Duration.ofMinutes(1));
        ask();
        assertThat(output.readLine()).isEqualTo("finished");
        assertThat(exit()).isZero();
    }

    @Test
    @DisplayName("is ended at its time limit, with an exit code that says so")
    void tooSlow() throws Exception {
        start("slow", Duration.ofSeconds(1));
        ask();
        assertThat(exit()).isEqualTo(StopSignals.TOO_SLOW);
    }

    @Test
    @DisplayName("is ended at once when it is asked a second time")
    void second() throws Exception {
        start("slow", Duration.ofMinutes(5));
        ask();
        assertThat(output.readLine()).isEqualTo("stopping");
        ask();
        assertThat(exit()).isEqualTo(SIGTERM_EXIT);
    }

    private void start(String kind, Duration limit) throws IOException {
        program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowProgram.class.getName(),
                        kind,
                        limit.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        output = program.inputReader(StandardCharsets.UTF_8);
        assertThat(output.readLine()).isEqualTo("runs");
    }

    /// A process that is destroyed as such has its output closed; its handle sends the signal only.
    private void ask() {
        assertThat(program.toHandle().destroy()).isTrue();
    }

    private int exit() throws InterruptedException {
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        return program.exitValue();
    }

    /// Ends at once, or never.
    static final class SlowProgram {

        private SlowProgram() {}

        public static void main(String[] arguments) throws InterruptedException {
            dev.breakwater.platform.log.ProgramLog.ofCommand();
            StopSignals stop = StopSignals.listen(Duration.parse(arguments[1]));
            System.out.println("runs");
            stop.await();
            if (arguments[0].equals("slow")) {
                System.out.println("stopping");
                Thread.sleep(Duration.ofHours(1));
            }
            System.out.println("finished");
        }
    }
}

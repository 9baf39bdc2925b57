package dev.breakwater.mobility.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.mobility.capture.trace.TraceInstance;
import dev.breakwater.mobility.consistency.FrozenCommand;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing may be interrupted like the test itself
@DisplayName("After kill -9 of the capturing process")
class KilledProcessTest {

    private static final int ROUNDS = 6;

    private Path work = Path.of("/");
    private final String name = "bw-kill-" + UUID.randomUUID().toString().substring(0, 8);

    private Process start(ProtectedDisk disk, String mode) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CaptureProcess.class.getName(),
                        work.toString(),
                        name,
                        disk.device(),
                        disk.id().toString(),
                        Long.toString(disk.sizeBytes()),
                        mode)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String line(BufferedReader from) throws Exception {
        while (true) {
            String line = from.readLine();
            assertThat(line).as("what the process says").isNotNull();
            // The rest is its log.
            if (line.startsWith("started") || line.equals("frozen")) {
                return line;
            }
        }
    }

    @Test
    @DisplayName("the next one goes on without a resynchronisation, and its points are exact")
    void resumes() throws Exception {
        LoopDisk.require("fio", "mkfs.ext4", "fstrim", "dd");
        work = Files.createTempDirectory(Path.of("/dev/shm"), "breakwater-kill-");
        try (LoopDisk loop = LoopDisk.create(Path.of("/var/tmp"), 128L << 20, "ext4", "defaults");
                Load load = Load.start(loop.mountPoint(), 600, false)) {
            ProtectedDisk disk = loop.disk();
            for (int round = 0; round < ROUNDS; round++) {
                Process process = start(disk, "copy");
                try (var out =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                    assertThat(line(out)).startsWith(round == 0 ? "started Anew" : "started Resumed");
                    TimeUnit.MILLISECONDS.sleep(100 + 137L * round);
                } finally {
                    process.destroyForcibly().waitFor();
                }
                requireExact(disk, round);
            }
            assertThat(load.alive()).isTrue();
        } finally {
            TraceInstance.named(name).remove();
            LoopDisk.sh("rm -rf " + work);
        }
    }

    private void requireExact(ProtectedDisk disk, int round) throws Exception {
        Replica replica = new Replica(work, List.of(disk));
        Path copy = work.resolve("copy");
        try (MachineCapture capture = MachineCapture.open(CaptureProcess.settings(work, name), List.of(disk))) {
            assertThat(capture.start()).as("round " + round).isInstanceOf(CaptureStart.Resumed.class);
            capture.returnLost(CaptureProcess.lastDurable(work));
            capture.closePoint(
                    replica,
                    PointRequest.crashConsistent()
                            .whileFrozen(
                                    new FrozenCommand(
                                            "dd if=" + disk.device() + " of=" + copy
                                                    + " bs=1M iflag=direct status=none",
                                            Duration.ofSeconds(20)),
                                    Duration.ofSeconds(20)));
            assertThat(replica.differences(disk, copy)).as("round " + round).isEmpty();
        }
    }

    @Test
    @DisplayName("while file systems are frozen, the watchdog thaws them")
    void watchdogThaws() throws Exception {
        LoopDisk.require("mkfs.ext4");
        work = Files.createTempDirectory(Path.of("/dev/shm"), "breakwater-kill-");
        try (LoopDisk loop = LoopDisk.create(Path.of("/dev/shm"), 64L << 20, "ext4", "defaults")) {
            Process process = start(loop.disk(), "freeze");
            Process writer = null;
            try (var out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(line(out)).startsWith("started");
                assertThat(line(out)).isEqualTo("frozen");
                writer = new ProcessBuilder("sh", "-c", "echo x > " + loop.mountPoint() + "/x").start();
                assertThat(writer.waitFor(300, TimeUnit.MILLISECONDS))
                        .as("a writer waits while frozen")
                        .isFalse();
            } finally {
                process.destroyForcibly().waitFor();
                if (writer != null) {
                    assertThat(writer.waitFor(10, TimeUnit.SECONDS))
                            .as("the writer goes on")
                            .isTrue();
                }
            }
        } finally {
            TraceInstance.named(name).remove();
            LoopDisk.sh("rm -rf " + work);
        }
    }
}

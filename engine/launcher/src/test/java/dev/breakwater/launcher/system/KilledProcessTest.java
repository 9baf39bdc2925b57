package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("After kill -9")
class KilledProcessTest {

    private static final long DISK_BYTES = 512L << 20;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
    }

    /// The three programs of a site, each a process of its own.
    private static final class Site {
        private static final List<String> PROGRAMS =
                List.of("mobility service", "process server", "configuration server");

        private final Deployment deployment;
        private final int replicationPort = Deployment.freePort();
        private final Map<String, Subprocess> running = new HashMap<>();

        Site(Deployment deployment) throws IOException {
            this.deployment = deployment;
            start("configuration server");
            start("process server");
            running.put("mobility service", deployment.startAgent("m1"));
        }

        private void start(String program) {
            running.put(
                    program,
                    switch (program) {
                        case "configuration server" -> deployment.startConfigurationServer();
                        case "process server" -> deployment.startProcessServer("gateway", replicationPort);
                        default -> deployment.restartAgent("m1");
                    });
        }

        void killAndStart(String program) {
            Objects.requireNonNull(running.get(program)).kill();
            start(program);
        }

        /// The program after this one, so that each is killed in each part of the work.
        static String after(String program) {
            return PROGRAMS.get((PROGRAMS.indexOf(program) + 1) % PROGRAMS.size());
        }
    }

    @Test
    @DisplayName(
            "of mobility service, process server or configuration server, in initial replication, delta and point, the"
                    + " work goes on and the next point is exact")
    void theNextPointIsExact() throws Exception {
        long seed = Long.getLong("breakwater.kill.seed", 9);
        Random moments = new Random(seed);
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            fill(disk.mountPoint().resolve("ballast"), 300);
            Site site = new Site(deployment);
            Waiting.until(
                    "the process server is known",
                    Duration.ofSeconds(60),
                    () -> deployment.admin("process-servers", "list").size() == 1,
                    () -> "");
            deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "default");
            for (String program : Site.PROGRAMS) {
                Thread.sleep(moments.nextInt(500));
                site.killAndStart(program);
            }
            ExactPoint.take(deployment, disk, "m1")
                    .assertExact("after initial replication, breakwater.kill.seed " + seed);
            try (FileSystemLoad load = FileSystemLoad.on(disk.mountPoint(), 3)) {
                for (String program : Site.PROGRAMS) {
                    fill(disk.mountPoint().resolve("delta-of-" + program.replace(' ', '-')), 20);
                    site.killAndStart(program);
                    killInPoint(deployment, site, Site.after(program), moments);
                    ExactPoint.take(deployment, disk, "m1")
                            .assertExact("after a kill of the " + program + ", breakwater.kill.seed " + seed);
                }
                assertThat(load.operations()).isPositive();
            }
        }
    }

    private static void killInPoint(Deployment deployment, Site site, String program, Random moments)
            throws InterruptedException {
        // Whether this order is still accepted does not matter; those that come later are.
        CompletableFuture<Integer> point = CompletableFuture.supplyAsync(() -> deployment.exitOf(
                "points",
                "create",
                "--machine",
                "m1",
                "--data",
                deployment.engineData().toString()));
        Thread.sleep(moments.nextInt(1500));
        site.killAndStart(program);
        point.join();
    }

    private static void fill(Path file, int mebibytes) throws Exception {
        byte[] bytes = new byte[1 << 20];
        Random random = new Random(mebibytes);
        for (int i = 0; i < mebibytes; i++) {
            random.nextBytes(bytes);
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}

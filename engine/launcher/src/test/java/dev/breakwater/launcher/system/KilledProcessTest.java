package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
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

    @Test
    @DisplayName(
            "of the mobility service or the engine, in initial replication, delta and point, the next point is exact")
    void theNextPointIsExact() throws Exception {
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            fill(disk.mountPoint().resolve("ballast"), 300);
            Subprocess engine = deployment.startEngine();
            Subprocess agent = deployment.startAgent("m1");

            // Initial replication.
            deployment.admin("machines", "protect", "--machine", "m1", "--disk", disk.device(), "--policy", "default");
            agent.kill();
            agent = deployment.restartAgent("m1");
            engine.kill();
            engine = deployment.startEngine();
            assertExactPoint(deployment, disk, "after initial replication");

            try (FileSystemLoad load = FileSystemLoad.on(disk.mountPoint(), 3)) {
                // A delta, and the point that closes it.
                for (int round = 0; round < 3; round++) {
                    fill(disk.mountPoint().resolve("delta-" + round), 20);
                    CompletableFuture<Integer> point = CompletableFuture.supplyAsync(() -> deployment.exitOf(
                            "points",
                            "create",
                            "--machine",
                            "m1",
                            "--data",
                            deployment.engineData().toString()));
                    if (round % 2 == 0) {
                        agent.kill();
                        agent = deployment.restartAgent("m1");
                    } else {
                        engine.kill();
                        engine = deployment.startEngine();
                    }
                    point.join();
                    assertExactPoint(deployment, disk, "round " + round);
                }
                assertThat(load.operations()).isPositive();
            }
        }
    }

    private void assertExactPoint(Deployment deployment, LoopDisk disk, String when) throws Exception {
        Path copy = folder.resolve("frozen");
        Files.deleteIfExists(copy);
        JsonNode point = deployment.admin(
                "points",
                "create",
                "--machine",
                "m1",
                "--wait",
                "--run-frozen",
                "dd if=%s of=%s bs=1M iflag=direct conv=sparse status=none".formatted(disk.device(), copy),
                "--timeout",
                "60");
        Path exported = folder.resolve("exported.raw");
        Files.deleteIfExists(exported);
        deployment.vaultCommand(
                "vault",
                "export",
                "--machine",
                "m1",
                "--disk",
                disk.device(),
                "--point",
                point.get("id").asText(),
                "--to",
                exported.toString());
        assertThat(Files.mismatch(copy, exported)).as(when).isEqualTo(-1);
        assertThat(Duration.ofMillis(point.get("freezeMillis").asLong()))
                .as("the freeze of " + when)
                .isLessThan(Duration.ofSeconds(60));
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

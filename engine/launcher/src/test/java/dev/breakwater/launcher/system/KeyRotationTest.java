package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Needs root and loop devices.
@DisplayName("After the vault's keys were rotated")
@Timeout(600)
class KeyRotationTest {

    private static final long DISK_BYTES = 128L << 20;
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private Path oldKey;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
    }

    @Test
    @DisplayName(
            "points before and after are exact with the new recovery key, and the old one opens nothing written since")
    void rotated() throws Exception {
        oldKey = folder.resolve("old.key");
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            Subprocess engine = deployment.startConfigurationServer();
            Subprocess gateway = deployment.startProcessServer("ps1", deployment.replicationPort());
            Subprocess agent = deployment.startAgent("m1");
            write(disk, "before");
            deployment.protect("--machine", "m1", "--disk", disk.device(), "--wait");
            ExactPoint before = ExactPoint.take(deployment, disk, "m1");

            rotate(deployment);
            write(disk, "meanwhile");
            // Who runs goes on with the keys it has.
            ExactPoint meanwhile = ExactPoint.take(deployment, disk, "m1");
            engine.stop();
            refusesToStart(deployment);
            Subprocess second = deployment.startConfigurationServer();
            Waiting.until(
                    "the process server, which was not started again, has the new keys",
                    SOON,
                    () -> agent.text().contains("connect again"),
                    agent::tail);
            assertThat(gateway.alive()).isTrue();

            write(disk, "after");
            ExactPoint after = ExactPoint.take(deployment, disk, "m1");
            for (ExactPoint point : List.of(before, meanwhile, after)) {
                assertExact(point);
            }
            JsonNode check = deployment.vaultCommand("vault", "check", "--data");
            assertThat(check.get("findings")).isEmpty();
            theOldKeyOpensNothingNew(deployment, List.of(before, meanwhile), after);
            second.stop();
            // The next start does not need it.
            Files.writeString(deployment.recoveryKey(), "no key");
            deployment.startConfigurationServer();
        }
    }

    private void rotate(Deployment deployment) throws IOException {
        Path newKey = folder.resolve("new.key");
        for (int i = 0; i < 2; i++) {
            // Repeated as it was it finds that it is done.
            JsonNode rotated =
                    deployment.vaultCommand("vault", "rotate-key", "--write-recovery-key", newKey.toString());
            assertThat(rotated.get("epoch").asInt()).isEqualTo(2);
        }
        Files.copy(deployment.recoveryKey(), oldKey);
        Files.move(newKey, deployment.recoveryKey(), StandardCopyOption.REPLACE_EXISTING);
    }

    private void refusesToStart(Deployment deployment) {
        for (List<String> key : List.of(List.<String>of(), List.of("--recovery-key-file", oldKey.toString()))) {
            Subprocess refused = deployment.startEngine(deployment.engineData(), key.toArray(String[]::new));
            assertThat(refused.await(SOON)).isNotZero();
            assertThat(refused.text()).contains("was replaced when the keys of the vault");
        }
    }

    private void theOldKeyOpensNothingNew(Deployment deployment, List<ExactPoint> old, ExactPoint after)
            throws IOException {
        assertThat(deployment.exitOf(
                        "vault",
                        "points",
                        "--location",
                        deployment.vault().toString(),
                        "--recovery-key-file",
                        oldKey.toString()))
                .isEqualTo(1);
        // Who has a copy of every object takes away the one that refuses the key.
        Path stolen = folder.resolve("stolen");
        Subprocess.run("cp", "-a", deployment.vault().toString(), stolen.toString());
        Files.delete(stolen.resolve("rotations").resolve("0000000000000002"));
        JsonNode points = deployment.command(
                "vault", "points", "--location", stolen.toString(), "--recovery-key-file", oldKey.toString(), "--json");
        assertThat(points.findValuesAsText("id"))
                .contains(old.getFirst().id(), old.getLast().id())
                .doesNotContain(after.id());
    }

    private static void assertExact(ExactPoint point) throws IOException {
        Path exported = point.export();
        assertThat(Files.mismatch(point.copy(), exported))
                .as("first byte in which the point differs from the disk")
                .isEqualTo(-1);
        Files.delete(exported);
    }

    private static void write(LoopDisk disk, String name) throws IOException {
        byte[] bytes = new byte[8 << 20];
        new SecureRandom().nextBytes(bytes);
        Files.write(disk.mountPoint().resolve(name), bytes);
        Subprocess.run("sync", "-f", disk.mountPoint().toString());
    }
}

package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A machine whose first copy came by another way than the network")
class OfflineSeedingTest {

    private static final int MIB = 1 << 20;
    private static final long DISK_BYTES = 192L * MIB;
    private static final int BALLAST_MIB = 64;
    private static final int CHANGE_MIB = 3;

    /// What a file system writes besides a file, and while it is mounted.
    private static final long FILE_SYSTEM_BYTES = 2 * MIB;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
    }

    @Test
    @DisplayName("starts from the seed, sends only what differs from it, and its point is exact")
    void startsFromTheSeed() throws Exception {
        Path seed = folder.resolve("usb-disk.hrl");
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults")) {
            write(disk, "ballast", BALLAST_MIB);
            try (Deployment near = Deployment.create(Files.createDirectory(folder.resolve("near")))) {
                near.startEngine();
                near.startAgent("m1");
                protect(near, disk);
                near.vaultCommand(
                        "vault",
                        "export",
                        "--machine",
                        "m1",
                        "--disk",
                        disk.device(),
                        "--point",
                        "latest",
                        "--format",
                        "hrl",
                        "--to",
                        seed.toString());
            }
            write(disk, "later", CHANGE_MIB);
            try (Deployment far = Deployment.create(Files.createDirectory(folder.resolve("far")))) {
                far.startEngine();
                far.startAgent("m1");
                String machine = far.admin("machines", "list").get(0).get("id").asText();
                JsonNode seeded = far.vaultCommand(
                        "vault", "seed", "--machine", machine, "--disk", disk.device(), "--from", seed.toString());
                assertThat(seeded.get("dataBytes").asLong()).isGreaterThan((long) BALLAST_MIB * MIB);
                protect(far, disk);
                // The mobility service writes down how far it is now and then.
                Waiting.until(
                        "the mobility service says that it has sent something",
                        Duration.ofSeconds(30),
                        () -> sentBytes(far) > 0,
                        () -> "");
                assertThat(sentBytes(far))
                        .as(
                                "bytes sent, of %d that the seed holds",
                                seeded.get("dataBytes").asLong())
                        .isBetween((long) CHANGE_MIB * MIB, CHANGE_MIB * MIB + FILE_SYSTEM_BYTES);
                ExactPoint.assertTaken(far, disk, "m1");
            }
        }
    }

    private static long sentBytes(Deployment deployment) {
        try {
            JsonNode status = new ObjectMapper()
                    .readTree(deployment.agentData("m1").resolve("status.json").toFile());
            return status.get("replication")
                    .get("disks")
                    .get(0)
                    .get("sentBytes")
                    .asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void protect(Deployment deployment, LoopDisk disk) {
        deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "default", "--wait");
    }

    private static void write(LoopDisk disk, String name, int mib) throws IOException {
        byte[] bytes = new byte[mib * MIB];
        new SecureRandom().nextBytes(bytes);
        Files.write(disk.mountPoint().resolve(name), bytes);
        Subprocess.run("sync", "-f", disk.mountPoint().toString());
    }
}

package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When a protected disk has blocks that cannot be read")
class ReadErrorsTest {

    private static final long DISK_BYTES = 128L << 20;
    private static final int MIB = 1 << 20;

    /// What lies here belongs to no file.
    private static final long RAW = DISK_BYTES - MIB;

    private static final int BLOCK = 4096;
    private static final Duration TOLD = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
    }

    @Test
    @DisplayName(
            "there is no recovery point of them, disk, byte, cause and remedy are told, and read again they are exact")
    void toldAndNotTaken() throws Exception {
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            Files.write(disk.mountPoint().resolve("ballast"), random(16 * MIB));
            writeRaw(disk, RAW, MIB);
            deployment.startEngine();
            Subprocess agent = deployment.startAgent("m1");
            neverReadSinceProtected(deployment, disk);
            readOnceAndWrittenSince(deployment, disk, agent);
        }
    }

    /// In initial replication.
    private static void neverReadSinceProtected(Deployment deployment, LoopDisk disk) throws Exception {
        disk.damage(RAW);
        CompletableFuture<JsonNode> protectedInTheEnd = Meanwhile.run(
                () -> deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "default", "--wait"));
        awaitHealth(deployment, told(disk, RAW));
        assertThat(deployment.admin("points", "list", "--machine", "m1"))
                .as("recovery points of a disk that was never read as a whole")
                .isEmpty();
        assertThat(protectedInTheEnd).isNotDone();
        disk.repair();
        protectedInTheEnd.get(2, TimeUnit.MINUTES);
        ExactPoint.assertTaken(deployment, disk, "m1");
    }

    /// Among what changed since the last point; the block before is still good.
    private static void readOnceAndWrittenSince(Deployment deployment, LoopDisk disk, Subprocess agent)
            throws Exception {
        Subprocess.run("kill", "-STOP", String.valueOf(agent.pid()));
        long bad = RAW + 17 * BLOCK;
        writeRaw(disk, RAW + 8 * BLOCK, 16 * BLOCK);
        disk.damage(bad);
        Subprocess.run("kill", "-CONT", String.valueOf(agent.pid()));
        int points = deployment.admin("points", "list", "--machine", "m1").size();
        assertThat(deployment.refusal("points", "create", "--machine", "m1", "--wait"))
                .as("what who asks for a point is told")
                .contains(told(disk, bad))
                .contains("Input/output error")
                .contains("smartctl -a " + disk.device());
        awaitHealth(deployment, told(disk, bad));
        assertThat(deployment.admin("points", "list", "--machine", "m1")).hasSize(points);
        disk.repair();
        ExactPoint.assertTaken(deployment, disk, "m1");
        awaitHealth(deployment, "\"NORMAL\"");
    }

    private static String told(LoopDisk disk, long offset) {
        return "Disk " + disk.device() + " cannot be read at byte " + offset;
    }

    private static void awaitHealth(Deployment deployment, String words) {
        Waiting.until(
                "the machine's health says: " + words,
                TOLD,
                () -> deployment.admin("machines", "list").toString().contains(words),
                () -> deployment.admin("machines", "list").toString());
    }

    private static void writeRaw(LoopDisk disk, long offset, int length) throws IOException {
        Path content = Files.createTempFile("raw", ".bin");
        Files.write(content, random(length));
        Subprocess.run(
                "dd",
                "if=" + content,
                "of=" + disk.device(),
                "bs=" + BLOCK,
                "seek=" + offset / BLOCK,
                "oflag=direct",
                "conv=notrunc",
                "status=none");
        Files.delete(content);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}

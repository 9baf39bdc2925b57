package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.breakwater.platform.linux.FileExtents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A spool that lies on a protected disk")
class SpoolOnProtectedDiskTest {

    private static final long DISK_BYTES = 1L << 30;
    private static final long MIB = 1 << 20;
    private static final int BLOCK = 4096;

    /// What a point costs that nobody wrote anything for: the file system's own records of the spool's files.
    private static final long OWN_BYTES = 2 * MIB;

    private static final int CHANGE_MIB = 24;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
    }

    @Test
    @DisplayName("does not feed itself, and after the process server's return all else of the disk is exact")
    void doesNotFeedItself() throws Exception {
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            deployment.agentData("m1", disk.mountPoint().resolve("agent"), "--spool-quota-mib", "160");
            Subprocess engine = deployment.startEngine();
            deployment.admin("policies", "create", "--name", "often", "--crash-consistent", "5s");
            deployment.startAgent("m1");
            deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "often", "--wait");
            assertThat(remarks(deployment)).contains("160 MiB, got beforehand, are neither tracked nor sent");
            engine.kill();
            change(disk, "while-away");
            List<JsonNode> points = awaitSpooled(deployment, 4);
            assertThat(points)
                    .as("the change itself was spooled")
                    .anyMatch(point -> point.get("bytes").asLong() > CHANGE_MIB * MIB);
            assertThat(points.getLast().get("bytes").asLong())
                    .as("the last of %s, for which nobody wrote anything", points)
                    .isLessThan(OWN_BYTES);
            deployment.startEngine();
            Waiting.until(
                    "the spool is empty",
                    Duration.ofSeconds(60),
                    () -> spooled(deployment).isEmpty(),
                    () -> deployment.agentData("m1").toString());
            assertExactOutsideOfTheSpool(deployment, disk);
        }
    }

    private void assertExactOutsideOfTheSpool(Deployment deployment, LoopDisk disk) throws Exception {
        ExactPoint point = ExactPoint.take(deployment, disk, "m1");
        Path exported = point.export();
        List<FileExtents.Extent> reserve = reserve(deployment);
        List<Long> differing = differing(point.copy(), exported);
        assertThat(differing).as("the spool's room held something").isNotEmpty();
        assertThat(differing)
                .as("blocks that differ and are not the spool's")
                .allMatch(block -> reserve.stream()
                        .anyMatch(extent -> block * BLOCK >= extent.deviceOffset()
                                && block * BLOCK < extent.deviceOffset() + extent.length()));
        Subprocess.run("e2fsck", "-fp", exported.toString());
        Path mountPoint = Files.createDirectories(folder.resolve("recovered"));
        Subprocess.run("mount", "-o", "loop,ro", exported.toString(), mountPoint.toString());
        try {
            assertThat(Files.mismatch(
                            mountPoint.resolve("while-away"), disk.mountPoint().resolve("while-away")))
                    .isEqualTo(-1);
        } finally {
            Subprocess.run("umount", mountPoint.toString());
        }
    }

    private static List<FileExtents.Extent> reserve(Deployment deployment) throws IOException {
        List<FileExtents.Extent> result = new ArrayList<>();
        try (Stream<Path> files = Files.walk(deployment.agentData("m1").resolve("spool"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) >= MIB) {
                    result.addAll(FileExtents.onDevice(file.toString()));
                }
            }
        }
        return result;
    }

    private static List<Long> differing(Path one, Path other) throws IOException {
        List<Long> result = new ArrayList<>();
        ByteBuffer a = ByteBuffer.allocate(1 << 20);
        ByteBuffer b = ByteBuffer.allocate(1 << 20);
        try (FileChannel first = FileChannel.open(one);
                FileChannel second = FileChannel.open(other)) {
            for (long at = 0; at < DISK_BYTES; at += a.capacity()) {
                read(first, a, at);
                read(second, b, at);
                for (int i = 0; i < a.capacity() && a.mismatch(b) >= 0; i += BLOCK) {
                    if (a.slice(i, BLOCK).mismatch(b.slice(i, BLOCK)) >= 0) {
                        result.add((at + i) / BLOCK);
                    }
                }
            }
        }
        return result;
    }

    /// Past the end of a sparse copy there are zeros.
    private static void read(FileChannel file, ByteBuffer target, long at) throws IOException {
        target.clear();
        long next = at;
        int n = 0;
        while (target.hasRemaining() && n >= 0) {
            n = file.read(target, next);
            next += Math.max(0, n);
        }
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
        target.flip();
    }

    private static String remarks(Deployment deployment) throws IOException {
        JsonNode status = new ObjectMapper()
                .readTree(deployment.agentData("m1").resolve("status.json").toFile());
        return status.get("replication").get("remarks").toString();
    }

    private static List<JsonNode> awaitSpooled(Deployment deployment, int count) {
        Waiting.until(
                count + " points are spooled",
                Duration.ofSeconds(90),
                () -> spooled(deployment).size() >= count,
                () -> spooled(deployment).toString());
        return spooled(deployment);
    }

    private static List<JsonNode> spooled(Deployment deployment) {
        List<JsonNode> result = new ArrayList<>();
        try (Stream<Path> files =
                Files.list(deployment.agentData("m1").resolve("spool").resolve("points"))) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                result.add(new ObjectMapper().readTree(file.toFile()));
            }
        } catch (IOException e) {
            // A point was sent while the folder was read.
            return List.of();
        }
        return result;
    }

    private static void change(LoopDisk disk, String name) throws IOException {
        byte[] bytes = new byte[(int) (CHANGE_MIB * MIB)];
        new SecureRandom().nextBytes(bytes);
        Files.write(disk.mountPoint().resolve(name), bytes);
    }
}

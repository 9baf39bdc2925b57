package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A disk recovered from the vault")
class RecoveredDiskIsExactTest {

    private static final int ROUNDS = 20;
    private static final long EXT4_BYTES = 96L << 20;

    /// The smallest that mkfs.xfs makes.
    private static final long XFS_BYTES = 300L << 20;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
        Requirements.program("xfs_repair");
    }

    @Test
    @DisplayName("equals, at every point, a copy of the ext4 and xfs sources taken while they were frozen under load")
    void equalsTheFrozenSource() throws Exception {
        try (LoopDisk ext4 = LoopDisk.mounted(folder, "ext4", EXT4_BYTES, "ext4", "discard");
                LoopDisk xfs = LoopDisk.mounted(folder, "xfs", XFS_BYTES, "xfs", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            deployment.startEngine();
            deployment.startAgent("m1");
            List<Point> points = new ArrayList<>();
            try (FileSystemLoad first = FileSystemLoad.on(ext4.mountPoint(), 1);
                    FileSystemLoad second = FileSystemLoad.on(xfs.mountPoint(), 2)) {
                deployment.protect(
                        "--machine",
                        "m1",
                        "--disk",
                        ext4.device() + "," + xfs.device(),
                        "--policy",
                        "default",
                        "--wait");
                for (int round = 0; round < ROUNDS; round++) {
                    points.add(takePoint(deployment, round, ext4, xfs));
                }
                assertThat(first.operations() + second.operations())
                        .as("the load went on all the while")
                        .isGreaterThan(ROUNDS * 10L);
            }
            for (Point point : points) {
                Path image = exact(deployment, point, ext4.device(), point.ext4());
                // It ends with 0 only if it had nothing to repair beyond the journal.
                Subprocess.run("e2fsck", "-fp", image.toString());
                Path other = exact(deployment, point, xfs.device(), point.xfs());
                replayXfsLog(other);
                Subprocess.run("xfs_repair", "-n", "-f", other.toString());
            }
        }
    }

    private Point takePoint(Deployment deployment, int round, LoopDisk ext4, LoopDisk xfs) {
        Path copy1 = folder.resolve("frozen-ext4-" + round);
        Path copy2 = folder.resolve("frozen-xfs-" + round);
        String copying = "dd if=%s of=%s bs=1M iflag=direct conv=sparse status=none".formatted(ext4.device(), copy1)
                + " && dd if=%s of=%s bs=1M iflag=direct conv=sparse status=none".formatted(xfs.device(), copy2);
        JsonNode point = deployment.admin(
                "points", "create", "--machine", "m1", "--wait", "--run-frozen", copying, "--timeout", "60");
        return new Point(point.get("id").asText(), copy1, copy2);
    }

    /// Exports a disk at a point and compares it.
    private Path exact(Deployment deployment, Point point, String disk, Path copy) throws Exception {
        Path exported = export(deployment, point, disk);
        assertThat(Files.mismatch(copy, exported))
                .as("first differing byte of %s at point %s", disk, point.id())
                .isEqualTo(-1);
        return exported;
    }

    /// xfs_repair wants a log without open ends; the kernel closes them at mounting. The source is still mounted.
    private void replayXfsLog(Path image) throws Exception {
        Path mountPoint = Files.createDirectories(folder.resolve("recovered"));
        Subprocess.run("mount", "-o", "loop,nouuid", image.toString(), mountPoint.toString());
        Subprocess.run("umount", mountPoint.toString());
    }

    private Path export(Deployment deployment, Point point, String disk) {
        Path target = folder.resolve("exported.raw");
        deployment.vaultCommand(
                "vault", "export", "--machine", "m1", "--disk", disk, "--point", point.id(), "--to", target.toString());
        return target;
    }

    private record Point(String id, Path ext4, Path xfs) {}
}

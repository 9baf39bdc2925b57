package dev.breakwater.mobility.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.changelog.HrlCheck;
import dev.breakwater.control.machine.PointOrder;
import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.PointId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Replication of a live ext4 disk to a real process server")
@SuppressWarnings("try") // closing may be interrupted like the test itself
class LiveReplicationTest {

    private static final long DISK_BYTES = 96L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final Map<PointId, Path> copies = new HashMap<>();
    private Path memory;
    private String device;
    private ProtectedDisk disk;
    private Process load;

    @BeforeEach
    void setUp() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "skipped: loop devices need root");
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/loop-control")), "skipped: no loop devices here");
        Assumptions.assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v mkfs.ext4").start().waitFor() == 0,
                "skipped: mkfs.ext4 is not installed");
        memory = Files.createTempDirectory(Path.of("/run"), "breakwater-live-");
        var image = folder.resolve("image");
        try (var raw = new RandomAccessFile(image.toFile(), "rw")) {
            raw.setLength(DISK_BYTES);
        }
        device = sh("losetup -f --show " + image).strip();
        sh("mkfs.ext4 -q -F " + device + " && mkdir " + folder + "/mnt && mount " + device + " " + folder + "/mnt");
        disk = new ProtectedDisk(new DiskId(UUID.randomUUID()), device, DISK_BYTES);
        load = new ProcessBuilder(
                        "sh",
                        "-c",
                        "cd " + folder + "/mnt; i=0; while :; do i=$((i+1)); n=$((i % 30));"
                                + " dd if=/dev/urandom of=f$n bs=5k count=20 conv=fsync status=none; mv f$n g$n;"
                                + " [ $((i % 4)) = 0 ] && rm -f g$(((i + 9) % 30)); sleep 0.02; done")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @AfterEach
    void tearDown() throws Exception {
        if (load != null) {
            load.descendants().forEach(ProcessHandle::destroyForcibly);
            load.destroyForcibly().waitFor();
        }
        if (device != null) {
            sh("fsfreeze -u " + folder + "/mnt 2>/dev/null; for i in 1 2 3 4 5 6 7 8 9 10; do umount " + folder
                    + "/mnt && break; sleep 0.2; done; losetup -d " + device + "; rm -rf " + memory
                    + "; rmdir /sys/kernel/tracing/instances/live-* 2>/dev/null || true");
        }
    }

    private static String sh(String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
        return said;
    }

    private PointOrder point(LiveAgent agent, ReplicationTarget target) {
        var copy = folder.resolve("copy-" + copies.size());
        var order = agent.point(target, "dd if=" + device + " of=" + copy + " bs=1M iflag=direct status=none");
        copies.put(order.pointId(), copy);
        return order;
    }

    private void verify(LiveSite site) throws Exception {
        try (var reader = site.reader()) {
            for (var entry : copies.entrySet()) {
                try (var stored = reader.disk(entry.getKey(), disk.id());
                        var copy = FileChannel.open(entry.getValue())) {
                    var one = ByteBuffer.allocate(1 << 20);
                    var other = ByteBuffer.allocate(1 << 20);
                    for (long at = 0; at < DISK_BYTES; at += one.capacity()) {
                        stored.read(at, one.clear());
                        copy.read(other.clear(), at);
                        assertThat(Arrays.mismatch(one.array(), other.array()))
                                .as("byte after %d of point %s", at, entry.getKey())
                                .isEqualTo(-1);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("is exact at each point: under load, with the process server away, after a move, and after a restart")
    void wholeLife() throws Exception {
        var disks = List.of(disk);
        try (var site = new LiveSite(folder, disks)) {
            var first = site.start(1);
            long sentBefore;
            try (var agent = new LiveAgent(site, folder.resolve("agent"), memory, disks)) {
                agent.order(first);
                for (int i = 0; i < 3; i++) {
                    agent.await(point(agent, first), PATIENCE);
                }
                site.stop(1);
                var spooled = new ArrayList<PointOrder>();
                for (int i = 0; i < 3; i++) {
                    spooled.add(point(agent, first));
                }
                awaitSpooled(3);
                first = site.start(1);
                for (var order : spooled) {
                    agent.await(order, PATIENCE);
                }
                sentBefore = agent.replication.sentBytes();
                var second = site.start(2);
                agent.order(second);
                site.stop(1);
                agent.await(point(agent, second), PATIENCE);
                first = second;
                assertThat(agent.replication.sentBytes() - sentBefore)
                        .as("no resynchronisation: %s", agent.replication.status(0))
                        .isLessThan(DISK_BYTES / 2);
            }
            String remembered = Files.readString(folder.resolve("agent/replication.json"));
            try (var agent = new LiveAgent(site, folder.resolve("agent"), memory, disks)) {
                agent.order(first);
                agent.await(point(agent, first), PATIENCE);
                assertThat(Files.readString(folder.resolve("agent/replication.json")))
                        .as("the same incarnation goes on after a restart")
                        .contains(incarnation(remembered));
                assertThat(agent.replication.sentBytes())
                        .as("resumed: %s", agent.replication.status(0))
                        .isLessThan(DISK_BYTES / 2);
            }
            verify(site);
            assertThat(copies).hasSize(8);
        }
    }

    private static String incarnation(String memory) {
        int at = memory.indexOf("\"incarnation\"");
        return memory.substring(at, memory.indexOf(',', at));
    }

    private void awaitSpooled(int count) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var logs = folder.resolve("agent/spool").resolve(disk.id().toString());
        var points = folder.resolve("agent/spool/points");
        while (true) {
            try (var files = Files.list(points)) {
                if (files.filter(file -> file.toString().endsWith(".json")).count() >= count) {
                    break;
                }
            }
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(50);
        }
        try (var files = Files.list(logs)) {
            for (var log : files.toList()) {
                assertThat(HrlCheck.check(log, finding -> {}).sound()).isTrue();
            }
        }
    }
}

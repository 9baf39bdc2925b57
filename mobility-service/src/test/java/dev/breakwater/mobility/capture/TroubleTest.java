package dev.breakwater.mobility.capture;

import static dev.breakwater.mobility.capture.LoopDisk.sh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.mobility.consistency.FrozenCommand;
import dev.breakwater.mobility.discovery.LinuxDisks;
import dev.breakwater.mobility.discovery.MountedFileSystem;
import dev.breakwater.model.PointType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing may be interrupted like the test itself
@DisplayName("Capture in trouble")
class TroubleTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private Path work;

    @BeforeEach
    void prepare() throws Exception {
        LoopDisk.require("fio", "mkfs.ext4", "dd");
        work = Files.createTempDirectory(Path.of("/dev/shm"), "breakwater-trouble-");
    }

    @AfterEach
    void cleanUp() throws Exception {
        sh("rm -rf " + work);
    }

    private LoopDisk loop(String type) throws Exception {
        return LoopDisk.create(Path.of("/dev/shm"), 96L << 20, type, "defaults");
    }

    private CaptureSettings settings(int bufferKib, Duration maxFreeze) {
        CaptureSettings usual = ExactUnderLoadTest.settings(work.resolve("state"));
        return new CaptureSettings(
                usual.stateFolder(),
                usual.name(),
                bufferKib,
                usual.maxFrozenBytes(),
                usual.restBytes(),
                maxFreeze,
                usual.clock(),
                usual.nanos(),
                usual.entropy());
    }

    private PointRequest withCopy(ProtectedDisk disk, Path copy) {
        String command = "dd if=" + disk.device() + " of=" + copy + " bs=1M iflag=direct status=none";
        return PointRequest.crashConsistent().whileFrozen(new FrozenCommand(command, LONG), LONG);
    }

    @Test
    @DisplayName("notices that the trace buffer overflowed, takes no point, and is exact again after a renewal")
    void overflow() throws Exception {
        try (LoopDisk loop = loop("")) {
            Replica replica = new Replica(work, List.of(loop.disk()));
            MachineCapture capture = MachineCapture.open(settings(8, Duration.ofSeconds(10)), List.of(loop.disk()));
            long deadline = System.nanoTime() + LONG.toNanos();
            while (capture.loss().isEmpty() && System.nanoTime() < deadline) {
                sh("fio --name=burst --filename=" + loop.disk().device() + " --rw=randwrite --bs=4k --size=96m"
                        + " --direct=1 --ioengine=libaio --iodepth=64 --numjobs=2 --time_based --runtime=1"
                        + " --output=/dev/null");
            }
            assertThat(capture.loss()).isPresent();
            assertThatThrownBy(() -> capture.closePoint(replica, PointRequest.crashConsistent()))
                    .isInstanceOfSatisfying(
                            CaptureException.class,
                            e -> assertThat(e.kind()).isEqualTo(CaptureException.Kind.TRACKING_LOST));
            capture.renew("the buffer overflowed");
            assertThat(capture.loss()).isEmpty();
            capture.markAllocated(loop.disk().id());
            Path copy = work.resolve("copy");
            capture.closePoint(replica, withCopy(loop.disk(), copy));
            assertThat(replica.differences(loop.disk(), copy)).isEmpty();
            capture.forget();
            replica.close();
        }
    }

    @Test
    @DisplayName("begins anew, and says why, if the buffer overflowed while no process read it")
    void overflowWhileAway() throws Exception {
        try (LoopDisk loop = loop("")) {
            CaptureSettings settings = settings(8, LONG);
            MachineCapture capture = MachineCapture.open(settings, List.of(loop.disk()));
            capture.close();
            sh("fio --name=burst --filename=" + loop.disk().device() + " --rw=randwrite --bs=4k --size=96m --direct=1"
                    + " --ioengine=psync --number_ios=3000 --output=/dev/null");
            capture = MachineCapture.open(settings, List.of(loop.disk()));
            assertThat(capture.start())
                    .isEqualTo(new CaptureStart.Anew("the trace buffer overflowed while nobody read it"));
            capture.forget();
        }
    }

    @Test
    @DisplayName("takes no point if the watchdog had to thaw, and leaves nothing frozen")
    void deadline() throws Exception {
        try (LoopDisk loop = loop("ext4")) {
            Replica replica = new Replica(work, List.of(loop.disk()));
            MachineCapture capture = MachineCapture.open(settings(4096, Duration.ofMillis(300)), List.of(loop.disk()));
            // Its bound is three times a millisecond, and it ignores it.
            PointRequest hanging = PointRequest.crashConsistent()
                    .whileFrozen(
                            () -> {
                                sh("echo x > " + loop.mountPoint() + "/waits-for-the-watchdog");
                                return "";
                            },
                            Duration.ofMillis(1));
            assertThatThrownBy(() -> capture.closePoint(replica, hanging))
                    .isInstanceOfSatisfying(
                            CaptureException.class, e -> assertThat(e.kind()).isEqualTo(CaptureException.Kind.NOT_NOW))
                    .hasMessageContaining("thawed by somebody else");
            sh("echo y > " + loop.mountPoint() + "/works");
            capture.forget();
            replica.close();
        }
    }

    @Test
    @DisplayName("takes no point while somebody else holds a file system frozen, and never touches that freeze")
    void frozenByOthers() throws Exception {
        try (LoopDisk loop = loop("ext4")) {
            Replica replica = new Replica(work, List.of(loop.disk()));
            MachineCapture capture = MachineCapture.open(settings(4096, Duration.ofSeconds(5)), List.of(loop.disk()));
            sh("fsfreeze -f " + loop.mountPoint());
            try {
                assertThatThrownBy(() -> capture.closePoint(replica, PointRequest.crashConsistent()))
                        .isInstanceOf(CaptureException.class)
                        .hasMessageContaining("frozen by somebody else");
            } finally {
                sh("fsfreeze -u " + loop.mountPoint());
            }
            assertThat(capture.closePoint(replica, PointRequest.crashConsistent())
                            .type())
                    .isEqualTo(PointType.CRASH_CONSISTENT);
            capture.forget();
            replica.close();
        }
    }

    @Test
    @DisplayName("marks a point whose disk was written past its file systems, and runs commands around the freeze")
    void rawWritesAndCommands() throws Exception {
        try (LoopDisk loop = loop("")) {
            ProtectedDisk disk = loop.disk();
            // Two partitions of 32 MiB in a boot record.
            sh(
                    "printf '\\0\\0\\0\\0\\203\\0\\0\\0\\0\\010\\0\\0\\0\\0\\1\\0\\0\\0\\0\\0\\203\\0\\0\\0\\0\\010\\1\\0\\0\\0\\1\\0' | dd of="
                            + disk.device()
                            + " bs=1 seek=446 conv=notrunc status=none && printf '\\125\\252' | dd of=" + disk.device()
                            + " bs=1 seek=510 conv=notrunc status=none && partx -a " + disk.device());
            try {
                sh("mkfs.ext4 -q -F " + disk.device() + "p1 && mkdir " + work + "/m && mount " + disk.device() + "p1 "
                        + work + "/m");
                Replica replica = new Replica(work, List.of(disk));
                MachineCapture capture = MachineCapture.open(settings(4096, Duration.ofSeconds(5)), List.of(disk));
                capture.markAllocated(disk.id());
                capture.closePoint(replica, PointRequest.crashConsistent());
                sh("dd if=/dev/urandom of=" + work + "/m/f bs=64k count=20 status=none; dd if=/dev/urandom of="
                        + disk.device() + "p2 bs=64k count=3 oflag=direct status=none");
                PointRequest request = PointRequest.applicationConsistent(
                        "touch " + work + "/m/before", "touch " + work + "/m/after", LONG);
                Path copy = work.resolve("copy");
                String command = "dd if=" + disk.device() + " of=" + copy + " bs=1M iflag=direct status=none";
                ClosedGeneration.Point point =
                        capture.closePoint(replica, request.whileFrozen(new FrozenCommand(command, LONG), LONG));
                assertThat(replica.differences(disk, copy)).isEmpty();
                assertThat(point.type()).isEqualTo(PointType.APPLICATION_CONSISTENT);
                assertThat(point.remarks()).anyMatch(remark -> remark.contains("past any mounted file system"));
                assertThat(point.remarks()).anyMatch(remark -> remark.startsWith("The command ran for "));
                assertThat(work.resolve("m/before")).exists();
                assertThat(work.resolve("m/after")).exists();
                assertThat(capture.closePoint(replica, PointRequest.crashConsistent())
                                .remarks())
                        .isEmpty();
                capture.forget();
                replica.close();
            } finally {
                sh("umount " + work + "/m; partx -d " + disk.device());
            }
        }
    }

    @Test
    @DisplayName("leaves active swap out, save the page that names it")
    void swap() throws Exception {
        try (LoopDisk loop = loop("")) {
            ProtectedDisk disk = loop.disk();
            sh("dd if=/dev/urandom of=" + disk.device() + " bs=1M status=none oflag=direct count=96; mkswap -q "
                    + disk.device() + "; swapon -p 0 " + disk.device());
            try {
                Replica replica = new Replica(work, List.of(disk));
                MachineCapture capture = MachineCapture.open(settings(4096, Duration.ofSeconds(5)), List.of(disk));
                capture.markAllocated(disk.id());
                ClosedGeneration.Point point = capture.closePoint(replica, PointRequest.crashConsistent());
                assertThat(point.changedBytes()).isEqualTo(4096);
                assertThat(point.remarks()).containsExactly("Active swap on " + disk.device() + " is left out.");
                sh("swapoff " + disk.device());
                Path copy = work.resolve("copy");
                capture.closePoint(replica, withCopy(disk, copy));
                assertThat(replica.differences(disk, copy))
                        .as("no swap any more")
                        .isEmpty();
                capture.forget();
                replica.close();
            } finally {
                sh("swapoff " + disk.device() + " 2>/dev/null; true");
            }
        }
    }

    @Test
    @DisplayName("finds file systems stacked on a disk, those on top first")
    void stacked() throws Exception {
        try (LoopDisk lower = loop("ext4");
                LoopDisk upper = LoopDisk.create(lower.mountPoint(), 32L << 20, "ext4", "defaults")) {
            List<MountedFileSystem> found =
                    new LinuxDisks().fileSystemsOn(List.of(lower.disk().device()));
            assertThat(found)
                    .extracting(MountedFileSystem::mountPoint)
                    .containsExactly(
                            upper.mountPoint().toString(), lower.mountPoint().toString());
            Replica replica = new Replica(work, List.of(lower.disk()));
            MachineCapture capture = MachineCapture.open(settings(4096, Duration.ofSeconds(5)), List.of(lower.disk()));
            capture.markAllocated(lower.disk().id());
            try (Load load = Load.start(lower.mountPoint(), 30, false)) {
                Path copy = work.resolve("copy");
                capture.copyPass(replica, Long.MAX_VALUE);
                capture.closePoint(replica, withCopy(lower.disk(), copy));
                assertThat(replica.differences(lower.disk(), copy)).isEmpty();
                assertThat(load.alive()).isTrue();
            }
            capture.forget();
            replica.close();
        }
    }

    @Test
    @DisplayName("tracks a disk that has no request events (zram) by its bios")
    void bioBased() throws Exception {
        Path control = Path.of("/sys/class/zram-control/hot_add");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(control), "skipped: no zram here");
        String number = Files.readString(control).strip();
        String device = "/dev/zram" + number;
        try {
            sh("echo 64M > /sys/block/zram" + number + "/disksize && mkfs.ext4 -q -F " + device + " && mkdir " + work
                    + "/z && mount -o discard " + device + " " + work + "/z");
            ProtectedDisk disk =
                    new ProtectedDisk(new dev.breakwater.model.DiskId(java.util.UUID.randomUUID()), device, 64L << 20);
            Replica replica = new Replica(work, List.of(disk));
            MachineCapture capture = MachineCapture.open(settings(4096, Duration.ofSeconds(5)), List.of(disk));
            capture.markAllocated(disk.id());
            Path copy = work.resolve("copy");
            for (int round = 0; round < 4; round++) {
                sh("cd " + work + "/z && dd if=/dev/urandom of=f" + round + " bs=9k count=200 status=none && rm -f f"
                        + (round - 2) + " && sync");
                capture.copyPass(replica, Long.MAX_VALUE);
                sh("dd if=/dev/urandom of=" + work + "/z/g bs=64k count=30 conv=notrunc status=none");
                capture.durable(
                        capture.closePoint(replica, withCopy(disk, copy)).generation());
                assertThat(replica.differences(disk, copy)).as("round " + round).isEmpty();
            }
            capture.forget();
            replica.close();
        } finally {
            sh("umount " + work + "/z; for i in 1 2 3 4 5 6 7 8 9 10; do echo 1 > /sys/block/zram" + number
                    + "/reset && echo " + number + " > /sys/class/zram-control/hot_remove && break; sleep 0.2; done");
        }
    }

    @Test
    @DisplayName("names a disk that cannot be read, keeps its changes, and is exact once it can be read again")
    void readErrors() throws Exception {
        try (LoopDisk loop = loop("")) {
            ProtectedDisk disk = loop.disk();
            sh("dd if=/dev/urandom of=" + disk.device() + " bs=1M count=96 oflag=direct status=none");
            Replica replica = new Replica(work, List.of(disk));
            MachineCapture capture = MachineCapture.open(settings(4096, Duration.ofSeconds(5)), List.of(disk));
            capture.markAllocated(disk.id());
            // The kernel answers reads past the end of the file below with an input/output error.
            sh("truncate -s 48M " + loop.file());
            assertThatThrownBy(() -> capture.copyPass(replica, Long.MAX_VALUE))
                    .isInstanceOfSatisfying(
                            CaptureException.class, e -> assertThat(e.kind()).isEqualTo(CaptureException.Kind.DISK))
                    .hasMessageContaining(disk.device());
            assertThatThrownBy(() -> capture.closePoint(replica, PointRequest.crashConsistent()))
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("cannot be read");
            assertThat(capture.dirtyBytes()).isGreaterThanOrEqualTo(48L << 20);
            sh("truncate -s 96M " + loop.file());
            Path copy = work.resolve("copy");
            capture.closePoint(replica, withCopy(disk, copy));
            assertThat(replica.differences(disk, copy)).isEmpty();
            capture.forget();
            replica.close();
        }
    }

    @Test
    @DisplayName("refuses a state folder that it would freeze")
    void stateOnFrozen() throws Exception {
        try (LoopDisk loop = loop("ext4")) {
            CaptureSettings settings =
                    ExactUnderLoadTest.settings(loop.mountPoint().resolve("state"));
            Replica replica = new Replica(work, List.of(loop.disk()));
            MachineCapture capture = MachineCapture.open(settings, List.of(loop.disk()));
            assertThatThrownBy(() -> capture.closePoint(replica, PointRequest.crashConsistent()))
                    .hasMessageContaining("lies on");
            capture.forget();
            replica.close();
        }
    }
}

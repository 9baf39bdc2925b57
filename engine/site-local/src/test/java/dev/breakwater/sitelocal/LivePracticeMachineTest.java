package dev.breakwater.sitelocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.site.Probe;
import dev.breakwater.site.ProbeResult;
import dev.breakwater.site.RecoveredDisk;
import dev.breakwater.site.RunId;
import dev.breakwater.site.RunOrder;
import dev.breakwater.sitelocal.practice.KernelFiles;
import dev.breakwater.sitelocal.practice.LivePracticeMachine;
import dev.breakwater.sitelocal.practice.PracticeMachine;
import dev.breakwater.sitelocal.practice.PracticeSpec;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A live practice machine")
@Timeout(180)
class LivePracticeMachineTest {

    private static final int INCOMPATIBLE_FEATURES = 1024 + 0x60;
    private static final int NEEDS_RECOVERY = 4;

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "can be written to while it is copied, and the copy boots, replays its journal and serves what was written")
    void bootsFromLiveCopy() throws Exception {
        List<String> missing = PracticeMachine.missing();
        assumeTrue(missing.isEmpty(), "skipped: no practice machine can be built here without " + missing);
        assumeTrue(Files.isExecutable(Path.of(LocalSiteSettings.QEMU)), "skipped: qemu-system-x86 is not installed");
        Path bootCopy = folder.resolve("boot.copy");
        Path dataCopy = folder.resolve("data.copy");
        List<LivePracticeMachine.LiveDisk> disks;
        ServerSocket outside = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        try (LivePracticeMachine machine = LivePracticeMachine.start(
                folder.resolve("live"), PracticeSpec.MIN_BYTES, 16 << 20, "first", KernelFiles.defaultCache())) {
            disks = machine.disks();
            assertThat(disks).hasSize(2).allMatch(d -> Files.exists(d.device()));
            write(machine.contentFile(), "second");
            write(machine.root().resolve("etc/at-boot"), """
                    busybox nc -w 2 10.0.2.2 %d </dev/null && echo "=== REACHED" >/dev/ttyS0
                    echo "=== TRIED" >/dev/ttyS0
                    """.formatted(outside.getLocalPort()));
            for (int i = 0; i < 50; i++) {
                write(machine.root().resolve("srv/file" + i), "x".repeat(1000 * i));
            }
            // As a power cut would leave it: nothing is frozen or unmounted, and the journal holds what the file
            // system's own places do not.
            Files.copy(disks.get(0).image(), bootCopy);
            Files.copy(disks.get(1).image(), dataCopy);
        }
        assertThat(disks).describedAs("loop devices are given back").allMatch(d -> notAttached(d.image()));
        assertThat(needsRecovery(bootCopy)).isTrue();

        LocalSiteSettings settings = new LocalSiteSettings(
                folder.resolve("runs"),
                folder.resolve("cache"),
                LocalSiteSettings.QEMU,
                Optional.of(Accelerator.TCG),
                256 << 20,
                1);
        try (LocalSite site = new LocalSite(settings, System::nanoTime);
                ImageDisk boot = new ImageDisk(bootCopy);
                ImageDisk data = new ImageDisk(dataCopy)) {
            List<RecoveredDisk> recovered = List.of(
                    new RecoveredDisk(
                            new DiskDescription(new DiskId(UUID.randomUUID()), "boot", boot.sizeBytes(), true), boot),
                    new RecoveredDisk(
                            new DiskDescription(new DiskId(UUID.randomUUID()), "data", data.sizeBytes(), false), data));
            Hardware hardware = new Hardware(
                    Hardware.Firmware.UEFI,
                    8,
                    64L << 30,
                    List.of(),
                    recovered.stream().map(RecoveredDisk::description).toList());
            RunId run = new RunId(UUID.randomUUID());
            var status = site.start(new RunOrder(run, "practice", hardware, recovered, Set.of(8080)));
            assertThat(status.remarks()).anyMatch(r -> r.contains("65536 MiB") && r.contains("256 MiB"));
            Probe content = new Probe.HttpAnswer(8080, "/content.txt", "second");
            ProbeResult result = site.probe(run, content, Duration.ofSeconds(90));
            assertThat(result.passed()).describedAs(result.answer()).isTrue();
            Probe last = new Probe.HttpAnswer(8080, "/file49", "x".repeat(4000));
            assertThat(site.probe(run, last, Duration.ofSeconds(10)).passed()).isTrue();
            assertThat(site.probe(run, new Probe.SerialText("the data disk of first"), Duration.ofSeconds(20))
                            .passed())
                    .isTrue();
            assertThat(status.serialLog())
                    .content()
                    .describedAs("the machine cannot reach this computer's services")
                    .contains("=== TRIED")
                    .doesNotContain("=== REACHED");
            outside.setSoTimeout(1);
            assertThatThrownBy(outside::accept).isInstanceOf(SocketTimeoutException.class);
        } finally {
            outside.close();
        }
    }

    private static void write(Path file, String text) throws Exception {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            channel.force(true);
        }
    }

    private static boolean needsRecovery(Path image) throws Exception {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            ByteBuffer features = ByteBuffer.allocate(1);
            channel.read(features, PracticeMachine.PARTITION_START + INCOMPATIBLE_FEATURES);
            return (features.get(0) & NEEDS_RECOVERY) != 0;
        }
    }

    private static boolean notAttached(Path image) {
        try (var devices = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
            for (Path device : devices) {
                Path backing = device.resolve("loop/backing_file");
                if (Files.exists(backing) && Files.readString(backing).strip().equals(image.toString())) {
                    return false;
                }
            }
            return true;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

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
import dev.breakwater.site.RunStatus;
import dev.breakwater.site.SiteException;
import dev.breakwater.sitelocal.practice.KernelFiles;
import dev.breakwater.sitelocal.practice.PracticeMachine;
import dev.breakwater.sitelocal.practice.PracticeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The local site")
@Timeout(180)
class LocalSiteTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CONTENT = "what the machine served at 12:00";
    private static final String DATA = "what lay on its second disk";

    @TempDir
    private static Path images;

    @TempDir
    private Path folder;

    private LocalSiteSettings settings;
    private LocalSite site;
    private ImageDisk boot;
    private ImageDisk data;

    @BeforeAll
    static void buildMachine() throws Exception {
        List<String> missing = PracticeMachine.missing();
        assumeTrue(missing.isEmpty(), "skipped: no practice machine can be built here without " + missing);
        PracticeMachine.build(
                new PracticeSpec(
                        images.resolve("boot.img"),
                        PracticeSpec.MIN_BYTES,
                        CONTENT,
                        Optional.of(new PracticeSpec.DataDisk(images.resolve("data.img"), 32 << 20, DATA))),
                KernelFiles.defaultCache());
    }

    @BeforeEach
    void openSite() throws IOException {
        settings = new LocalSiteSettings(
                folder.resolve("runs"),
                folder.resolve("cache"),
                LocalSiteSettings.QEMU,
                Optional.of(Accelerator.TCG),
                256 << 20,
                1);
        List<String> missing = LocalSite.missing(settings);
        assumeTrue(missing.isEmpty(), "skipped: no machine can be run here without " + missing);
        site = new LocalSite(settings, System::nanoTime);
        boot = new ImageDisk(images.resolve("boot.img"));
        data = new ImageDisk(images.resolve("data.img"));
    }

    @AfterEach
    void closeSite() throws IOException {
        if (site != null) {
            site.close();
            boot.close();
            data.close();
        }
    }

    private RunOrder order(RunId run) {
        List<RecoveredDisk> disks = List.of(
                new RecoveredDisk(description("/dev/sda", boot.sizeBytes(), true), boot),
                new RecoveredDisk(description("/dev/sdb", data.sizeBytes(), false), data));
        Hardware hardware = new Hardware(
                Hardware.Firmware.BIOS,
                1,
                256 << 20,
                List.of(new Hardware.NetworkCard("eth0", "52:54:00:12:34:56")),
                disks.stream().map(RecoveredDisk::description).toList());
        return new RunOrder(run, "practice", hardware, disks, Set.of(PracticeMachine.HTTP_PORT));
    }

    private static DiskDescription description(String name, long size, boolean boot) {
        return new DiskDescription(new DiskId(UUID.randomUUID()), name, size, boot);
    }

    @Test
    @DisplayName("boots a machine from an export, shows signs of life and its screen, switches it off, leaves nothing")
    void runsMachine() throws Exception {
        String before = digest(images.resolve("boot.img"));
        RunId run = new RunId(UUID.randomUUID());
        RunStatus status = site.start(order(run));
        assertThat(status.running()).isTrue();
        assertThat(site.start(order(run)).serialLog())
                .describedAs("asking again changes nothing")
                .isEqualTo(status.serialLog());
        assertThat(site.leftovers()).containsExactly(run);

        ProbeResult serial = site.probe(run, new Probe.SerialText(PracticeMachine.BOOTED), PATIENCE);
        ProbeResult http = site.probe(run, new Probe.HttpAnswer(8080, "/content.txt", CONTENT), PATIENCE);
        ProbeResult tcp = site.probe(run, new Probe.TcpAnswer(8080), PATIENCE);
        assertThat(List.of(serial, http, tcp)).allMatch(ProbeResult::passed);
        assertThat(http.answer()).isEqualTo(CONTENT);
        assertThat(status.serialLog()).content().contains(CONTENT).contains(DATA);

        Path picture = folder.resolve("screen.png");
        site.screenshot(run, picture);
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isGreaterThanOrEqualTo(640);

        site.stop(run, Duration.ofSeconds(30));
        assertThat(site.status(run))
                .hasValueSatisfying(s -> assertThat(s.running()).isFalse());
        assertThat(status.serialLog())
                .content()
                .describedAs("it was asked, not killed")
                .contains("=== OFF");
        List<Path> sockets = socketsOf(run);
        site.cleanUp(run);
        assertThat(settings.workFolder()).isEmptyDirectory();
        assertThat(sockets).isNotEmpty().allMatch(Files::notExists);
        assertThat(site.status(run)).isEmpty();

        assertThat(digest(images.resolve("boot.img"))).isEqualTo(before);
        assertThat(boot.bytesRead.get()).describedAs("nothing is copied").isLessThan(boot.sizeBytes() / 2);
    }

    @Test
    @DisplayName("says that a probe did not pass, and why, without calling it an error")
    void probeFails() throws Exception {
        RunId run = new RunId(UUID.randomUUID());
        site.start(order(run));
        ProbeResult tcp = site.probe(run, new Probe.TcpAnswer(8080), Duration.ofMillis(1));
        assertThat(tcp.passed())
                .describedAs("nobody listens yet, though QEMU accepts")
                .isFalse();
        ProbeResult port = site.probe(run, new Probe.TcpAnswer(9), Duration.ofMillis(1));
        assertThat(port.answer()).contains("reachable");
        site.stop(run, Duration.ZERO);
        ProbeResult off = site.probe(run, new Probe.SerialText("never printed"), PATIENCE);
        assertThat(off.passed()).isFalse();
        assertThat(off.answer()).contains("off");
    }

    @Test
    @DisplayName("removes a run of an engine that was killed, its QEMU process included")
    void removesLeftovers() throws Exception {
        RunId run = new RunId(UUID.randomUUID());
        site.start(order(run));
        long pid = RunRecord.read(settings.workFolder().resolve(run.toString()))
                .orElseThrow()
                .pid();
        LocalSite next = new LocalSite(settings, System::nanoTime);
        assertThat(next.leftovers()).containsExactly(run);
        next.cleanUp(run);
        assertThat(next.leftovers()).isEmpty();
        // Killed it is already; its parent, which is this process, has yet to take note.
        ProcessHandle.of(pid)
                .ifPresent(qemu -> qemu.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        next.close();
    }

    @Test
    @DisplayName("explains what QEMU said when a machine cannot be started, and leaves nothing")
    void explainsFailure() {
        LocalSite broken = new LocalSite(
                new LocalSiteSettings(
                        settings.workFolder(),
                        settings.cache(),
                        "/usr/bin/false",
                        settings.accelerator(),
                        settings.maxMemoryBytes(),
                        1),
                System::nanoTime);
        assertThatThrownBy(() -> broken.start(order(new RunId(UUID.randomUUID()))))
                .isInstanceOf(SiteException.class)
                .hasMessageContaining("ended with status 1");
        assertThat(settings.workFolder()).isEmptyDirectory();
    }

    private List<Path> socketsOf(RunId run) throws IOException {
        Path sockets = RunRecord.read(settings.workFolder().resolve(run.toString()))
                .orElseThrow()
                .sockets();
        try (Stream<Path> files = Files.list(sockets)) {
            return Stream.concat(Stream.of(sockets), files).toList();
        }
    }

    private static String digest(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}

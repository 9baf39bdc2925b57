package dev.breakwater.sitelocal.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.site.Probe;
import dev.breakwater.site.ProbeResult;
import dev.breakwater.site.RecoveredDisk;
import dev.breakwater.site.RunId;
import dev.breakwater.site.RunOrder;
import dev.breakwater.sitelocal.Accelerator;
import dev.breakwater.sitelocal.ImageDisk;
import dev.breakwater.sitelocal.LocalSite;
import dev.breakwater.sitelocal.LocalSiteSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A practice machine that was built without the rights of root")
@Timeout(180)
class UnprivilegedBuildTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("boots and serves its content")
    void boots() throws Exception {
        assumeTrue(Files.isExecutable(BootLoaderInstaller.QEMU), "skipped: qemu-system-x86 is not installed");
        List<String> missing = PracticeMachine.missing();
        assumeTrue(missing.isEmpty(), "skipped: no practice machine can be built here without " + missing);
        Path image = folder.resolve("boot.img");
        UnprivilegedBuild.build(
                new PracticeSpec(image, PracticeSpec.MIN_BYTES, "built by anybody", Optional.empty()),
                KernelFiles.in(KernelFiles.defaultCache()));

        LocalSiteSettings settings = new LocalSiteSettings(
                folder.resolve("runs"),
                folder.resolve("cache"),
                LocalSiteSettings.QEMU,
                Optional.of(Accelerator.TCG),
                256 << 20,
                1);
        try (LocalSite site = new LocalSite(settings, System::nanoTime);
                ImageDisk disk = new ImageDisk(image)) {
            DiskDescription description =
                    new DiskDescription(new DiskId(UUID.randomUUID()), "boot", disk.sizeBytes(), true);
            RunId run = new RunId(UUID.randomUUID());
            site.start(new RunOrder(
                    run,
                    "practice",
                    new Hardware(Hardware.Firmware.BIOS, 1, 256 << 20, List.of(), List.of(description)),
                    List.of(new RecoveredDisk(description, disk)),
                    Set.of(PracticeMachine.HTTP_PORT)));
            ProbeResult result = site.probe(
                    run,
                    new Probe.HttpAnswer(PracticeMachine.HTTP_PORT, "/content.txt", "built by anybody"),
                    Duration.ofSeconds(90));
            assertThat(result.passed()).describedAs(result.answer()).isTrue();
        }
    }
}

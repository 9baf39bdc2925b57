package dev.breakwater.sitelocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The canary")
@Timeout(60)
class KvmCanaryTest {

    @TempDir
    private Path cache;

    @Test
    @DisplayName("comes back alive from emulation, which works everywhere")
    void survivesEmulation() throws Exception {
        assumeQemu();
        KvmCanary.Finding finding = new KvmCanary(LocalSiteSettings.QEMU, cache).release(Accelerator.TCG);
        assertThat(finding.usable()).describedAs(finding.reason()).isTrue();
    }

    @Test
    @DisplayName("does not come back when the program is not QEMU")
    void doesNotSurviveNonsense() throws Exception {
        assertThat(new KvmCanary("/usr/bin/true", cache)
                        .release(Accelerator.KVM)
                        .usable())
                .isFalse();
        assertThat(new KvmCanary("/no/such/program", cache)
                        .release(Accelerator.KVM)
                        .usable())
                .isFalse();
    }

    @Test
    @DisplayName("is released once per computer: the finding is kept")
    void isKept() throws Exception {
        assumeQemu();
        assumeTrue(Files.isWritable(Path.of("/dev/kvm")), "skipped: there is no /dev/kvm to find anything about");
        KvmCanary.Finding first = new KvmCanary(LocalSiteSettings.QEMU, cache).find();
        Path memory = cache.resolve("kvm-canary.json");
        assertThat(memory).exists();
        Files.writeString(memory, Files.readString(memory).replace(first.reason(), "it was written down"));
        assertThat(new KvmCanary(LocalSiteSettings.QEMU, cache).find().reason()).isEqualTo("it was written down");
        assertThat(new KvmCanary("/usr/bin/true", cache).find().reason())
                .describedAs("another QEMU is another computer")
                .isNotEqualTo("it was written down");
    }

    private static void assumeQemu() {
        assumeTrue(Files.isExecutable(Path.of(LocalSiteSettings.QEMU)), "skipped: qemu-system-x86 is not installed");
    }
}

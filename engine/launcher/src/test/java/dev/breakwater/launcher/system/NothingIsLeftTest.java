package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When protection ends")
class NothingIsLeftTest {

    private static final long DISK_BYTES = 64L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
    }

    @Test
    @DisplayName(
            "the kernel's tracer and the folder in memory are as before, after unprotecting and after unregistering")
    void nothingIsLeft() throws Exception {
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            deployment.startEngine();
            Subprocess agent = deployment.startAgent("m1");
            List<Path> traces = deployment.traces("m1");
            protect(deployment, disk);
            assertThat(there(traces)).as("while the disk is tracked").isEqualTo(2);
            deployment.admin("machines", "unprotect", "--machine", "m1", "--wait");
            Waiting.until("nothing is tracked", PATIENCE, () -> there(traces) == 0, () -> traces + "\n" + agent.tail());
            protect(deployment, disk);
            assertThat(there(traces)).as("while the disk is tracked").isEqualTo(2);
            agent.stop();
            assertThat(there(traces)).as("left to a successor").isEqualTo(2);
            deployment.agent("unregister", "--data", deployment.agentData("m1").toString());
            assertThat(traces).noneMatch(Files::exists);
            assertThat(deployment.agentData("m1").resolve("spool")).doesNotExist();
            assertThat(deployment.admin("machines", "list").toString()).doesNotContain("m1");
        }
    }

    private static long there(List<Path> traces) {
        return traces.stream().filter(Files::exists).count();
    }

    private static void protect(Deployment deployment, LoopDisk disk) {
        deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "default", "--wait");
    }
}

package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.sitelocal.practice.PracticeMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A practice machine")
class PracticeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern DISK = Pattern.compile("Its disk is /dev/(loop\\d+)\\.");

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
        assumeTrue(PracticeMachine.missing().isEmpty(), "no practice machine: " + PracticeMachine.missing());
    }

    @Test
    @DisplayName("registers with an engine, can be protected, and leaves nothing but its recovery points")
    void comesAndGoes() throws Exception {
        try (Deployment deployment = Deployment.create(folder)) {
            deployment.startEngine();
            Subprocess practice = Subprocess.startJava(
                    folder.resolve("practice.log"),
                    List.of(),
                    "dev.breakwater.launcher.Main",
                    List.of("practice", "--data", deployment.engineData().toString(), "--size", "128MiB"));
            String disk;
            try {
                disk = protect(deployment, practice);
            } finally {
                practice.stop();
            }
            assertThat(practice.tail()).contains("is gone. Its recovery points stay.");
            assertThat(Path.of("/sys/block", disk, "loop")).doesNotExist();
            assertThat(deployment.admin("machines", "list").toString()).doesNotContain("practice");
            assertThat(deployment.vaultCommand("vault", "points", "--machine", "practice"))
                    .isNotEmpty();
        }
    }

    private static String protect(Deployment deployment, Subprocess practice) {
        Waiting.until(
                "it has registered",
                PATIENCE,
                () -> {
                    assertThat(practice.alive()).as(practice.tail()).isTrue();
                    return DISK.matcher(practice.tail()).find();
                },
                practice::tail);
        Matcher said = DISK.matcher(practice.tail());
        assertThat(said.find()).isTrue();
        String device = "/dev/" + said.group(1);
        deployment.protect("--machine", "practice", "--disk", device, "--policy", "default", "--wait");
        assertThat(deployment.admin("machines", "list").findValuesAsText("device"))
                .as("disks that can be chosen")
                .containsOnly(device);
        assertThat(deployment.admin("machines", "list").findValuesAsText("boot"))
                .as("whether it starts from them")
                .containsOnly("true");
        return said.group(1);
    }
}

package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Stopped by SIGTERM")
class OrderlyStopTest {

    /// The programs' own limit of 28 s, and a JVM's end on a busy computer.
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
    }

    @Test
    @DisplayName("engine and mobility service end with 0 within their limit, and go on without a resynchronisation")
    void goesOn() throws Exception {
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", 128L << 20, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            Subprocess engine = deployment.startEngine();
            Subprocess agent = deployment.startAgent("m1");
            deployment.protect("--machine", "m1", "--disk", disk.device(), "--wait");

            engine.terminate();
            assertThat(engine.await(LIMIT)).as(engine.tail()).isZero();
            assertThat(engine.text()).contains("SIGTERM").doesNotContain("did not stop in order");
            agent.terminate();
            assertThat(agent.await(LIMIT)).as(agent.tail()).isZero();

            Files.write(disk.mountPoint().resolve("while-nobody-ran"), new byte[1 << 20]);
            deployment.startEngine();
            Subprocess again = deployment.restartAgent("m1");
            JsonNode point = deployment.admin("points", "create", "--machine", "m1", "--wait");
            assertThat(point.get("changedBytes").asLong()).isGreaterThanOrEqualTo(1 << 20);
            // Both runs log into the same file.
            String said = again.text();
            assertThat(said.substring(said.lastIndexOf("Mobility service of machine")))
                    .doesNotContain("will be compared", "Initial replication of");
        }
    }
}

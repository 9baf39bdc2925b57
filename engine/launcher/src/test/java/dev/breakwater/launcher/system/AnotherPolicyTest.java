package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A machine under another policy, with engine and mobility service as programs")
class AnotherPolicyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    @DisplayName("takes points as often as the new one says, on the connection that there is and without comparing")
    void followsItsNewSchedule() throws Exception {
        Path image = folder.resolve("disk.img");
        byte[] content = new byte[4 << 20];
        new Random(7).nextBytes(content);
        Files.write(image, content);
        try (Deployment deployment = Deployment.create(folder)) {
            deployment.startEngine();
            deployment.admin("policies", "create", "--name", "slow", "--crash-consistent", "12h");
            deployment.admin("policies", "create", "--name", "quick", "--crash-consistent", "5s");
            deployment.startAgent("m1");
            deployment.protect("--machine", "m1", "--disk", image.toString(), "--policy", "slow", "--wait");
            assertThat(deployment.refusal("machines", "change-policy", "--machine", "m1", "--to", "none"))
                    .contains("There is no policy \"none\"");
            int before = points(deployment);
            long connections = connections(deployment);

            JsonNode job = deployment.admin("machines", "change-policy", "--machine", "m1", "--to", "quick", "--wait");
            assertThat(job.get("state").asText()).isEqualTo("SUCCEEDED");
            assertThat(job.get("steps")).hasSize(1);
            Waiting.until(
                    "two points that nobody asked for",
                    PATIENCE,
                    () -> points(deployment) >= before + 2,
                    () -> log(deployment));
            assertThat(deployment.admin("machines", "list").get(0).get("policy").asText())
                    .isEqualTo("quick");
            assertThat(connections(deployment)).as(log(deployment)).isEqualTo(connections);
            assertThat(log(deployment)).doesNotContain("differs from the vault");
            assertThat(deployment.vaultCommand("vault", "points", "--machine", "m1"))
                    .hasSizeGreaterThanOrEqualTo(before + 2);
        }
    }

    private static int points(Deployment deployment) {
        return deployment.admin("points", "list", "--machine", "m1").size();
    }

    private static long connections(Deployment deployment) {
        return log(deployment)
                .lines()
                .filter(line -> line.contains("Connected to process server"))
                .count();
    }

    private static String log(Deployment deployment) {
        try {
            return Files.readString(deployment.folder().resolve("agent-m1.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

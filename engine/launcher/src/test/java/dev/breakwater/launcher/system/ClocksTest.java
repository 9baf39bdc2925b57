package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfSystemProperty(
        named = "faults.long",
        matches = "true",
        disabledReason = "takes most of a minute; run it with -Dfaults.long=true")
@DisplayName("When the clocks of machine and servers are minutes apart")
class ClocksTest {

    private static final long DISK_BYTES = 64L << 20;
    private static final Duration AHEAD = Duration.ofMinutes(7);

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootLoopDevicesAndFaketime() throws IOException {
        Requirements.rootAndLoopDevices();
        SkewedClock.requirePossible();
    }

    @Test
    @DisplayName("and jump to the other side, points keep the order in which they were taken, and all are exact")
    void order() throws Exception {
        SkewedClock machine = SkewedClock.off(folder, "machine", AHEAD);
        SkewedClock servers = SkewedClock.off(folder, "servers", AHEAD.negated());
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            deployment.surround(servers.words(), machine.words(), "127.0.0.1");
            deployment.startEngine();
            deployment.startAgent("m1");
            deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "default", "--wait");
            change(disk, "first");
            ExactPoint first = ExactPoint.take(deployment, disk, "m1");

            machine.set(AHEAD.negated());
            servers.set(AHEAD);
            awaitJump(deployment, time(first));
            change(disk, "second");
            ExactPoint second = ExactPoint.take(deployment, disk, "m1");
            assertThat(time(second)).as("by the machine's clock").isBefore(time(first));

            assertThat(ids(deployment.admin("points", "list", "--machine", "m1")))
                    .endsWith(first.id(), second.id());
            assertThat(ids(deployment.vaultCommand("vault", "points", "--machine", "m1")))
                    .endsWith(first.id(), second.id());
            assertThat(deployment
                            .admin("machines", "list")
                            .get(0)
                            .get("newestPoint")
                            .asText())
                    .isEqualTo(second.id());
            second.assertExact("after the clocks jumped");
            first.assertExact("before the clocks jumped");
            deployment.vaultCommand("vault", "check", "--data");
        }
    }

    private static Instant time(ExactPoint point) {
        return Instant.parse(point.point().get("time").asText());
    }

    private static void awaitJump(Deployment deployment, Instant before) {
        Waiting.until(
                "the machine's clock has jumped back",
                Duration.ofSeconds(20),
                () -> reported(deployment).isBefore(before),
                () -> reported(deployment).toString());
    }

    /// The machine's own time.
    private static Instant reported(Deployment deployment) {
        try {
            return Instant.parse(new ObjectMapper()
                    .readTree(deployment.agentData("m1").resolve("status.json").toFile())
                    .get("time")
                    .asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ids(JsonNode points) {
        List<String> ids = new ArrayList<>();
        points.forEach(point -> ids.add(point.get("id").asText()));
        return ids;
    }

    private static void change(LoopDisk disk, String name) throws IOException {
        byte[] bytes = new byte[1 << 20];
        new SecureRandom().nextBytes(bytes);
        Files.write(disk.mountPoint().resolve(name), bytes);
    }
}

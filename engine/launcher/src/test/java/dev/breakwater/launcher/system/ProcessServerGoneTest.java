package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When a machine's process server is gone")
class ProcessServerGoneTest {

    private static final long DISK_BYTES = 256L << 20;
    private static final long MIB = 1 << 20;
    private static final int LOGS = 3;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
    }

    @Test
    @DisplayName("changes wait in .hrl logs that pass the check and chain, and once it is back the next point is exact")
    void changesWaitInLogs() throws Exception {
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            deployment.startConfigurationServer();
            int port = Deployment.freePort();
            Subprocess gateway = deployment.startProcessServer("gateway", port);
            awaitProcessServers(deployment, 1);
            protect(deployment, disk);
            gateway.kill();
            for (int log = 1; log <= LOGS; log++) {
                change(disk, "while-away-" + log);
                deployment.admin("points", "create", "--machine", "m1");
                awaitSoundLogs(deployment, log);
            }
            deployment.startProcessServer("gateway", port);
            ExactPoint.assertTaken(deployment, disk, "m1");
        }
    }

    /// Waits until so many change logs are closed; together they must be sound and follow each other.
    private static void awaitSoundLogs(Deployment deployment, int count) {
        Path spool = deployment.agentData("m1");
        Waiting.until(
                count + " change logs are there, sound and in a chain",
                Duration.ofSeconds(90),
                () -> {
                    List<String> check = new ArrayList<>(List.of("hrl", "check"));
                    logs(spool).forEach(log -> check.add(log.toString()));
                    return check.size() - 2 >= count && deployment.exitOf(check.toArray(String[]::new)) == 0;
                },
                () -> "There are " + logs(spool) + ".");
    }

    private static void awaitProcessServers(Deployment deployment, int count) {
        Waiting.until(
                count + " process servers are known",
                Duration.ofSeconds(60),
                () -> deployment.admin("process-servers", "list").size() == count,
                () -> "");
    }

    @Test
    @DisplayName("another one takes the machine over, without a resynchronisation")
    void anotherTakesOver() throws Exception {
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            deployment.startEngine();
            deployment.startProcessServer("second", Deployment.freePort());
            change(disk, "ballast");
            protect(deployment, disk);
            awaitProcessServers(deployment, 2);
            String serving = deployment.admin("machines", "list").toString();
            JsonNode servers = deployment.admin("process-servers", "list");
            String other = other(servers, serving);
            long before = disk.sectorsRead();
            deployment.admin("machines", "move", "--machine", "m1", "--to", other);
            change(disk, "after-the-move");
            deployment.admin("points", "create", "--machine", "m1", "--wait");
            assertThat((disk.sectorsRead() - before) * 512)
                    .as("bytes read from the source for the move and a change of 1 MiB")
                    .isLessThan(32 * MIB);
            ExactPoint.assertTaken(deployment, disk, "m1");
        }
    }

    /// The process server that serves no machine.
    private static String other(JsonNode servers, String machines) {
        for (JsonNode server : servers) {
            if (!machines.contains(server.get("id").asText())) {
                return server.get("id").asText();
            }
        }
        throw new AssertionError("All of " + servers + " are named in " + machines);
    }

    private static void protect(Deployment deployment, LoopDisk disk) throws IOException {
        deployment.startAgent("m1");
        deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "default", "--wait");
    }

    private static void change(LoopDisk disk, String name) throws IOException {
        byte[] bytes = new byte[(int) MIB];
        new SecureRandom().nextBytes(bytes);
        Files.write(disk.mountPoint().resolve(name), bytes);
    }

    private static List<Path> logs(Path tree) {
        try {
            return LiveTree.files(tree).stream()
                    .filter(file -> file.toString().endsWith(".hrl"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

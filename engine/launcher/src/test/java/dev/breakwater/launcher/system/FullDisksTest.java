package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.Event;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfSystemProperty(
        named = "faults.long",
        matches = "true",
        disabledReason = "takes minutes; run it with -Dfaults.long=true")
@DisplayName("When the vault's disk and the process server's cache disk are full")
class FullDisksTest {

    private static final long DISK_BYTES = 512L << 20;
    private static final int MIB = 1 << 20;

    /// What does not fit into the vault's 48 MiB, the 128 MiB that may wait in memory and the cache's 16 MiB.
    private static final int BALLAST_MIB = 300;

    /// The process server reports each half minute.
    private static final Duration REPORTED = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
    }

    @Test
    @DisplayName("replication waits, health and an event say why, and with room again it goes on and loses nothing")
    void waitsForRoom() throws Exception {
        try (SmallFileSystem vault = SmallFileSystem.on(folder.resolve("vault"), 48);
                SmallFileSystem _ = SmallFileSystem.on(folder.resolve("engine/process-server/cache"), 16);
                LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            fill(disk);
            deployment.startEngine();
            deployment.startAgent("m1");
            CompletableFuture<JsonNode> protectedInTheEnd = Meanwhile.run(() ->
                    deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "default", "--wait"));
            awaitHealth(deployment, "No space left on device");
            awaitHealth(deployment, "The cache folder takes nothing");
            awaitEvent(deployment, "No space left on device");
            assertThat(protectedInTheEnd).isNotDone();
            vault.grow(1024);
            protectedInTheEnd.get(5, TimeUnit.MINUTES);
            ExactPoint.assertTaken(deployment, disk, "m1");
            deployment.vaultCommand("vault", "check");
            Waiting.until(
                    "the process server is well again",
                    REPORTED,
                    () -> !deployment
                            .admin("process-servers", "list")
                            .toString()
                            .contains("No space left"),
                    () -> deployment.admin("process-servers", "list").toString());
        }
    }

    private static void awaitHealth(Deployment deployment, String words) {
        Waiting.until(
                "the process server says: " + words,
                REPORTED,
                () -> deployment.admin("process-servers", "list").toString().contains(words),
                () -> deployment.admin("process-servers", "list").toString());
    }

    private static void awaitEvent(Deployment deployment, String words) throws Exception {
        try (AdminClient admin = new AdminClient(
                EngineAddress.parse(deployment.server()),
                TlsIdentity.load(deployment.engineData().resolve("admin")))) {
            Waiting.until(
                    "an event says: " + words,
                    REPORTED,
                    () -> texts(admin).contains("needs attention")
                            && texts(admin).contains(words),
                    () -> texts(admin));
        }
    }

    private static String texts(AdminClient admin) {
        try {
            return String.join("\n", admin.events(0).stream().map(Event::text).toList());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("The events could not be asked for.", e);
        }
    }

    private static void fill(LoopDisk disk) throws Exception {
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[MIB];
        try (var out = Files.newOutputStream(disk.mountPoint().resolve("ballast"))) {
            for (int i = 0; i < BALLAST_MIB; i++) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
        Subprocess.run("sync", "-f", disk.mountPoint().toString());
    }
}

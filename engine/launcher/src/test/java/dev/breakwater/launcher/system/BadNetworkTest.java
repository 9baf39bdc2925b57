package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfSystemProperty(
        named = "faults.long",
        matches = "true",
        disabledReason = "takes minutes; run it with -Dfaults.long=true")
@DisplayName("When the network between machine and servers is bad")
class BadNetworkTest {

    private static final long DISK_BYTES = 128L << 20;
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsNetworksOfTheirOwn() {
        Requirements.rootAndLoopDevices();
        for (String program : new String[] {"ip", "nft", "nsenter", "tc"}) {
            Requirements.program(program);
        }
        assumeTrue(TwoNetworks.possible(), "needs a kernel with network namespaces that can lose packets at random");
    }

    @Test
    @DisplayName("a point with 30 of 100 packets lost, and one across a cut of the cable, are exact")
    void lossAndCut() throws Exception {
        try (TwoNetworks networks = TwoNetworks.create();
                LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            protect(deployment, networks, disk);
            networks.lose(30);
            // Takes longer than the time after which silence is death.
            change(disk, "while-packets-are-lost", 4);
            ExactPoint lossy = ExactPoint.take(deployment, disk, "m1");
            networks.lose(100);
            change(disk, "while-cut", 4);
            CompletableFuture<ExactPoint> across = Meanwhile.run(() -> ExactPoint.take(deployment, disk, "m1"));
            // Shorter than the time after which the other end counts as dead: TCP itself must carry the rest over.
            assertThatThrownBy(() -> across.get(8, TimeUnit.SECONDS))
                    .as("a point that became durable through a cut cable")
                    .isInstanceOf(TimeoutException.class);
            networks.mend();
            across.get(2, TimeUnit.MINUTES).assertExact("across a cut of the cable");
            lossy.assertExact("with 30 of 100 packets lost");
        }
    }

    @Test
    @DisplayName(
            "and cut without a word, both ends notice within two minutes, changes wait, and the next point is exact")
    void longCut() throws Exception {
        try (TwoNetworks networks = TwoNetworks.create();
                LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            protect(deployment, networks, disk);
            networks.lose(100);
            change(disk, "while-cut", 8);
            Waiting.until(
                    "changes wait in change logs",
                    Duration.ofSeconds(150),
                    () -> hasLogs(deployment.agentData("m1")),
                    () -> "no .hrl file");
            Waiting.until(
                    "the process server no longer counts the machine as connected",
                    Duration.ofSeconds(90),
                    () -> read(folder.resolve("engine.log")).contains("silent for too long"),
                    () -> read(folder.resolve("engine.log")));
            networks.mend();
            ExactPoint.assertTaken(deployment, disk, "m1");
        }
    }

    private static boolean hasLogs(Path folder) {
        try {
            return LiveTree.files(folder).stream()
                    .anyMatch(file -> file.toString().endsWith(".hrl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void protect(Deployment deployment, TwoNetworks networks, LoopDisk disk) throws IOException {
        deployment.surround(networks.atServers(), networks.atMachines(), networks.address());
        deployment.startEngine();
        deployment.startAgent("m1");
        deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "default", "--wait");
    }

    private static void change(LoopDisk disk, String name, int mebibytes) throws IOException {
        byte[] bytes = new byte[mebibytes * MIB];
        new SecureRandom().nextBytes(bytes);
        Files.write(disk.mountPoint().resolve(name), bytes);
    }
}

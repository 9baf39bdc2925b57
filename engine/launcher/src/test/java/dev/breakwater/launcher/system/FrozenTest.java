package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
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
        disabledReason = "takes most of a minute; run it with -Dfaults.long=true")
@DisplayName("While the file systems of a machine are frozen")
class FrozenTest {

    private static final long DISK_BYTES = 64L << 20;
    private static final int MIB = 1 << 20;

    /// What may run while frozen, and with it the freeze, ends soon.
    private static final String SECONDS = "3";

    /// The watchdog waits for three times what may run while frozen, and some seconds more.
    private static final Duration THAWED = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
    }

    @Test
    @DisplayName(
            "its mobility service may be killed, stop, or wait for what hangs: writers go on soon, no point is made of"
                    + " what was thawed, and the point that was asked for is exact")
    void thawsWhateverHappens() throws Exception {
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            deployment.startEngine();
            Subprocess agent = deployment.startAgent("m1");
            deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "default", "--wait");
            take(deployment, disk, "hangs", "sleep 1000").assertExact("after a command that hung while frozen");

            CompletableFuture<ExactPoint> stopped = ordered(deployment, disk, "stops", "kill -STOP " + agent.pid());
            write(disk, "while-stopped");
            Subprocess.run("kill", "-CONT", String.valueOf(agent.pid()));
            stopped.get(2, TimeUnit.MINUTES).assertExact("after a mobility service that stood still while frozen");

            CompletableFuture<ExactPoint> killed = ordered(deployment, disk, "dies", "kill -KILL " + agent.pid());
            write(disk, "while-dead");
            assertThat(agent.alive()).as("the killed mobility service lives").isFalse();
            deployment.restartAgent("m1");
            killed.get(2, TimeUnit.MINUTES).assertExact("after a mobility service that was killed while frozen");
        }
    }

    /// Orders a point, and returns once the mischief is done and the file system is frozen.
    private CompletableFuture<ExactPoint> ordered(Deployment deployment, LoopDisk disk, String name, String mischief) {
        CompletableFuture<ExactPoint> point = Meanwhile.run(() -> take(deployment, disk, name, mischief));
        Waiting.until(
                "the file system is frozen for " + name,
                Duration.ofSeconds(60),
                () -> Files.exists(folder.resolve(name)),
                () -> point.isDone() ? point.join().point().toString() : "");
        return point;
    }

    /// Takes a point; the first time that the disk is frozen for it, and only then, there is mischief.
    private ExactPoint take(Deployment deployment, LoopDisk disk, String name, String mischief) {
        Path once = folder.resolve(name);
        return ExactPoint.take(
                deployment,
                disk,
                "m1",
                "{ test -e " + once + " || { touch " + once + " && " + mischief + "; }; }",
                SECONDS);
    }

    /// A writer that must not wait for ever. It begins in the freeze, and ends after the thaw.
    private void write(LoopDisk disk, String name) throws Exception {
        byte[] bytes = new byte[MIB];
        new SecureRandom().nextBytes(bytes);
        CompletableFuture<Path> written = Meanwhile.run(() -> {
            try {
                return Files.write(disk.mountPoint().resolve(name), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        written.get(THAWED.toSeconds(), TimeUnit.SECONDS);
        Subprocess.run("sync", "-f", disk.mountPoint().toString());
    }
}

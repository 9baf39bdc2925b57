package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A recovery point, and a copy of the disk that was made while it was frozen: what the vault must give for the point.
///
/// @param point as the configuration server lists it
/// @param copy the disk then
record ExactPoint(Deployment deployment, String device, String machine, JsonNode point, Path copy) {

    /// How long a disk is copied while it is frozen.
    private static final String COPY_SECONDS = "60";

    /// Takes one.
    static ExactPoint take(Deployment deployment, LoopDisk disk, String machine) {
        return take(deployment, disk, machine, "true", COPY_SECONDS);
    }

    /// Takes one for which something else is done first while the disk is frozen.
    ///
    /// @param first a shell command
    /// @param seconds after which it counts as hanging, together with the copying
    static ExactPoint take(Deployment deployment, LoopDisk disk, String machine, String first, String seconds) {
        try {
            Path copy = Files.createTempFile(deployment.folder(), "frozen", ".raw");
            JsonNode point = deployment.admin(
                    "points",
                    "create",
                    "--machine",
                    machine,
                    "--wait",
                    "--run-frozen",
                    first
                            + " && dd if=%s of=%s bs=1M iflag=direct conv=sparse status=none"
                                    .formatted(disk.device(), copy),
                    "--timeout",
                    seconds);
            return new ExactPoint(deployment, disk.device(), machine, point, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes one, and compares it.
    static void assertTaken(Deployment deployment, LoopDisk disk, String machine) throws IOException {
        take(deployment, disk, machine).assertExact("");
    }

    String id() {
        return point.get("id").asText();
    }

    /// What the vault gives for it.
    Path export() {
        Path exported = deployment.folder().resolve("exported-" + id() + ".raw");
        deployment.vaultCommand(
                "vault",
                "export",
                "--machine",
                machine,
                "--disk",
                device,
                "--point",
                id(),
                "--to",
                exported.toString());
        return exported;
    }

    /// Byte for byte, and taken without standing still for long beside the copying.
    void assertExact(String when) throws IOException {
        Path exported = export();
        assertThat(Files.mismatch(copy, exported))
                .as("first byte in which the vault's point differs from the disk %s", when)
                .isEqualTo(-1);
        assertThat(Duration.ofMillis(point.get("freezeMillis").asLong()))
                .as("the freeze of the point %s", when)
                .isLessThan(Duration.ofSeconds(60));
        Files.delete(exported);
        Files.delete(copy);
    }
}

package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Who may do what, with engine and mobility service as programs")
class WhoMayDoWhatTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Renewed in its last third, which a loaded computer must not miss.
    private static final int LIFE_SECONDS = 40;

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "replication outlives the first certificates; roles, revocation and the audit log hold on the command line")
    void livesRolesRevocation() throws Exception {
        Path image = folder.resolve("disk.img");
        byte[] content = new byte[4 << 20];
        new Random(7).nextBytes(content);
        Files.write(image, content);
        try (Deployment deployment = Deployment.create(folder)) {
            deployment.startEngine("--certificate-life", LIFE_SECONDS + "s");
            deployment.startAgent("m1");
            Instant firstEnd = end(deployment.agentData("m1").resolve("identity"));
            deployment.protect("--machine", "m1", "--disk", image.toString(), "--policy", "default", "--wait");
            roles(deployment);
            Waiting.until(
                    "the first certificates have ended",
                    PATIENCE,
                    () -> Instant.now().isAfter(firstEnd.plusSeconds(2)),
                    () -> "");
            try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
                disk.seek(8192);
                disk.write(new byte[4096]);
            }
            String point = deployment
                    .admin("points", "create", "--machine", "m1", "--wait")
                    .get("id")
                    .asText();
            assertThat(point).isNotBlank();
            assertThat(end(deployment.agentData("m1").resolve("identity"))).isAfter(firstEnd);
            assertThat(end(deployment.engineData().resolve("process-server"))).isAfter(Instant.now());

            deployment.admin("machines", "revoke", "--machine", "m1");
            Waiting.until(
                    "the process server has sent the machine away",
                    PATIENCE,
                    () -> log(deployment).contains("The machine was revoked or has registered anew")
                            || log(deployment).contains("does not name this certificate"),
                    () -> log(deployment));
            JsonNode audit = deployment.admin("audit", "verify");
            assertThat(audit.get("findings")).isEmpty();
            assertThat(audit.get("records").asLong()).isGreaterThan(5);
        }
    }

    private static String log(Deployment deployment) {
        try {
            return Files.readString(deployment.folder().resolve("agent-m1.log"));
        } catch (java.io.IOException e) {
            return "";
        }
    }

    private void roles(Deployment deployment) throws Exception {
        Path vera = folder.resolve("vera");
        deployment.admin("users", "issue", "--name", "vera", "--role", "viewer", "--to", vera.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(vera.resolve("identity.pem"))))
                .isEqualTo("rw-------");
        assertThat(deployment.exitOf("machines", "list", "--data", vera.toString()))
                .isZero();
        assertThat(deployment.exitOf("engine", "passphrase", "--data", vera.toString()))
                .isEqualTo(1);
        deployment.admin("users", "revoke", "--name", "vera");
        assertThat(deployment.exitOf("machines", "list", "--data", vera.toString()))
                .isEqualTo(1);
    }

    private static Instant end(Path identity) throws Exception {
        return TlsIdentity.load(identity).certificate().getNotAfter().toInstant();
    }
}

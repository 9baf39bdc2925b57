package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.breakwater.vault.blob.StoreCredentials;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Seen from outside")
class SeenFromOutsideTest {

    private static final long DISK_BYTES = 256L << 20;
    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRootAndLoopDevices() {
        Requirements.rootAndLoopDevices();
    }

    @Test
    @DisplayName(
            "text of the source is in no file, strangers are refused, small changes cost small reads, and the vault alone is enough")
    void nothingLeaksAndLittleIsRead() throws Exception {
        String secret = HexFormat.of().formatHex(SecureRandom.getSeed(32));
        String signature = UUID.randomUUID().toString();
        String accountKey = UUID.randomUUID().toString();
        Path kept = folder.resolve("kept");
        String lastPoint;
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            Files.writeString(disk.mountPoint().resolve("secret"), secret);
            Files.write(disk.mountPoint().resolve("ballast"), new byte[64 << 20]);
            // The engine takes a store's credentials from its environment and keeps them, though a folder needs none.
            deployment.surround(
                    List.of(
                            "env",
                            StoreCredentials.SAS_TOKEN_VARIABLE + "=sv=2026-02-06&sig=" + signature,
                            StoreCredentials.CONNECTION_STRING_VARIABLE + "=AccountName=a;AccountKey=" + accountKey),
                    List.of(),
                    "127.0.0.1");
            deployment.startEngine();
            deployment.startAgent("m1");
            deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "default", "--wait");

            strangersAreRefused(deployment);

            long before = disk.sectorsRead();
            byte[] change = new byte[(int) MIB];
            new SecureRandom().nextBytes(change);
            Files.write(disk.mountPoint().resolve("change"), change, StandardOpenOption.CREATE);
            deployment.admin("points", "create", "--machine", "m1", "--wait");
            assertThat((disk.sectorsRead() - before) * 512)
                    .as("bytes read from the source for a change of 1 MiB")
                    .isLessThan(32 * MIB);

            JsonNode point = deployment.admin(
                    "points",
                    "create",
                    "--machine",
                    "m1",
                    "--wait",
                    "--run-frozen",
                    "dd if=%s of=%s bs=1M iflag=direct status=none".formatted(disk.device(), kept),
                    "--timeout",
                    "60");
            lastPoint = point.get("id").asText();
            Subprocess.run("sync", "-f", disk.mountPoint().toString());
            // The text lies in clear where it comes from, so that to find it nowhere else means something.
            Subprocess.run("grep", "-aqF", secret, disk.image().toString());
            new SecretsStaySecret(deployment).check("m1", signature, accountKey);
            noFileHolds(secret, List.of(disk.image(), kept), folder, Path.of("/run/breakwater"));
            theVaultAloneIsEnough(deployment, disk.device(), lastPoint, kept);
        }
    }

    private void theVaultAloneIsEnough(Deployment deployment, String disk, String point, Path kept) throws IOException {
        deployment.close();
        deleteTree(deployment.engineData());
        JsonNode points = deployment.vaultCommand("vault", "points", "--machine", "m1");
        assertThat(points.toString()).contains(point);
        Path exported = folder.resolve("exported.raw");
        readOnly(deployment.vault(), () -> {
            deployment.vaultCommand(
                    "vault",
                    "export",
                    "--machine",
                    "m1",
                    "--disk",
                    disk,
                    "--point",
                    point,
                    "--to",
                    exported.toString());
            assertThat(Files.mismatch(kept, exported)).isEqualTo(-1);
            deployment.vaultCommand("vault", "check");
        });
    }

    private interface Reading {
        void run() throws IOException;
    }

    /// As a copy of a vault on a disk that is write-protected.
    private static void readOnly(Path vault, Reading reading) throws IOException {
        Subprocess.run("mount", "--bind", vault.toString(), vault.toString());
        try {
            Subprocess.run("mount", "-o", "remount,ro,bind", vault.toString());
            reading.run();
        } finally {
            Subprocess.run("umount", vault.toString());
        }
    }

    private static void strangersAreRefused(Deployment deployment) throws Exception {
        SSLContext anyServer = SSLContext.getInstance("TLSv1.3");
        anyServer.init(null, new TrustManager[] {new TrustsAnyServer()}, new SecureRandom());
        // Connecting itself must succeed: a port on which nobody listens refuses everybody.
        try (SSLSocket socket =
                (SSLSocket) anyServer.getSocketFactory().createSocket("127.0.0.1", deployment.replicationPort())) {
            socket.setSoTimeout(10_000);
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        socket.getOutputStream()
                                .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        if (socket.getInputStream().read() < 0) {
                            throw new SSLException("closed without an answer");
                        }
                    })
                    .as("a connection to the replication port without a client certificate")
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    /// Looks through the vault, the data of all programs, all that they printed, and what they keep in memory files.
    ///
    /// @param sources where the text may be; the mounted source itself is not looked at
    private static void noFileHolds(String secret, List<Path> sources, Path... trees) throws IOException {
        byte[] wanted = secret.getBytes(StandardCharsets.UTF_8);
        for (Path tree : trees) {
            if (!Files.exists(tree)) {
                continue;
            }
            List<Path> holders = LiveTree.files(tree).stream()
                    .filter(file -> !sources.contains(file))
                    .filter(file -> !file.startsWith(tree.resolve("disk")))
                    .filter(file -> holds(file, wanted))
                    .toList();
            assertThat(holders).as("files with the source's text in clear").isEmpty();
        }
    }

    private static boolean holds(Path file, byte[] wanted) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return false; // replaced by its successor, which is looked at too or was
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void deleteTree(Path tree) {
        Subprocess.run("rm", "-rf", tree.toString());
        assertThat(tree).doesNotExist();
    }

    /// What an attacker's client does: it does not care whom it talks to.
    private static final class TrustsAnyServer implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

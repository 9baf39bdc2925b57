package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.ApiError;
import dev.breakwater.control.ControlJson;
import dev.breakwater.platform.tls.CertificateRequest;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A hostile request on port 443")
class RequestFuzzTest {

    private static final String ID = "00000000-0000-0001-0000-000000000002";

    /// Questions that are held back until there is news.
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private Site site;
    private final Map<Character, HttpClient> clients = new HashMap<>();

    @BeforeEach
    void start() throws Exception {
        site = new Site(folder);
        clients.put('a', client(TlsIdentity.load(folder.resolve("admin"))));
        clients.put('m', client(site.machine("m1").identity()));
        clients.put('p', client(site.processServer("p1").identity()));
    }

    private static HttpClient client(TlsIdentity identity) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(identity.clientContext(PeerRole.CONFIGURATION_SERVER))
                .build();
    }

    @AfterEach
    void stop() {
        clients.values().forEach(HttpClient::shutdownNow);
        site.close();
    }

    /// Who asks (a, m or p), method, path and body.
    private static String[] good() {
        String csr =
                Base64.getEncoder().encodeToString(CertificateRequest.draw().encoded());
        String point = "{\"id\":\"%1$s\",\"machine\":\"%1$s\",\"slot\":1,\"time\":\"2026-11-25T00:00:00Z\","
                + "\"type\":\"CRASH_CONSISTENT\",\"hardware\":{\"firmware\":\"BIOS\",\"cpus\":1,\"memoryBytes\":1},"
                + "\"freezeMillis\":1,\"stallMillis\":1,\"changedBytes\":1,\"remarks\":[]}";
        return List.of(
                        "a GET /api/v1/admin/status\n",
                        "a GET /api/v1/admin/jobs?machine=m1&limit=5\n",
                        "a GET /api/v1/admin/jobs/%1$s?after=3\n",
                        "a GET /api/v1/admin/events?after=3\n",
                        "a GET /api/v1/admin/machines/m1\n",
                        "a GET /api/v1/admin/machines/m1/points\n",
                        "a POST /api/v1/admin/policies\n{\"name\":\"p\",\"rpoThreshold\":\"PT15M\","
                                + "\"retention\":\"PT24H\",\"crashConsistentEvery\":\"PT5M\","
                                + "\"applicationConsistentEvery\":\"PT1H\"}",
                        "a POST /api/v1/admin/machines/m1/protection\n{\"disks\":[\"/dev/sda\"],\"policy\":\"default\"}",
                        "a POST /api/v1/admin/machines/m1/points\n{\"type\":\"CRASH_CONSISTENT\",\"runFrozen\":\"x\","
                                + "\"timeoutSeconds\":5}",
                        "a PUT /api/v1/admin/machines/m1/process-server\n{\"to\":\"p1\"}",
                        "a PUT /api/v1/admin/machines/m1/policy\n{\"policy\":\"default\"}",
                        "a POST /api/v1/admin/machines/m1/test-failover/clean-up\n{\"outcome\":\"SUCCEEDED\",\"notes\":\"n\"}",
                        "a POST /api/v1/admin/machines/m1/test-failover\n{\"point\":\"latest\",\"probeHttp\":\"80:/\"}",
                        "m GET /api/v1/machine/orders?after=-5\n",
                        "m POST /api/v1/machine/orders/%1$s/result\n{\"succeeded\":true,\"message\":\"x\"}",
                        "m PUT /api/v1/machine/inventory\n{\"hostName\":\"h\",\"operatingSystem\":\"o\","
                                + "\"agentVersion\":\"1\",\"firmware\":\"BIOS\",\"cpus\":1,\"memoryBytes\":1,\"disks\":["
                                + "{\"device\":\"/dev/sda\",\"sizeBytes\":1048576,\"boot\":true}]}",
                        "m POST /api/v1/machine/status\n{\"state\":\"REPLICATING\",\"disks\":[{\"id\":\"%1$s\","
                                + "\"totalBytes\":1,\"doneBytes\":1,\"dirtyBytes\":1,\"sentBytes\":1}],"
                                + "\"newestPoint\":\"%1$s\",\"newestPointTime\":\"2026-11-25T00:00:00Z\","
                                + "\"bytesPerSecond\":1,\"spoolBytes\":2,\"lagMillis\":3}",
                        "m POST /api/v1/machine/certificate\n{\"csr\":\"" + csr + "\"}",
                        "p GET /api/v1/process-server/assignments?after=-5\n",
                        "p POST /api/v1/process-server/health\n{\"version\":\"1\",\"hosts\":[\"h\"],"
                                + "\"replicationPort\":1,\"cpuPercent\":1,\"memoryPercent\":1,\"cacheFreePercent\":9,"
                                + "\"cacheBytes\":1,\"pendingUploadBytes\":1,\"drainSeconds\":1,"
                                + "\"uploadBytesPerSecond\":1,\"vaultReachable\":true,\"machines\":[{\"machine\":"
                                + "\"%1$s\",\"connected\":true,\"receivedBytes\":1,\"bytesPerSecond\":1}]}",
                        "p POST /api/v1/process-server/points\n{\"slots\":[{\"machine\":\"%1$s\",\"slot\":1,"
                                + "\"incarnation\":\"%1$s\",\"generation\":1,\"receivedBytes\":1,\"storedBytes\":1,"
                                + "\"point\":" + point + "}]}",
                        "a POST /api/v1/registration/challenge\n{\"clientNonce\":\"AAAA\",\"secret\":\"PASSPHRASE\"}",
                        "a POST /api/v1/registration\n{\"role\":\"machine\",\"name\":\"x\",\"csr\":\"AAAA\","
                                + "\"secret\":\"PASSPHRASE\",\"clientNonce\":\"AAAA\",\"serverNonce\":\"AAAA\","
                                + "\"proof\":\"AAAA\"}")
                .stream()
                .map(request -> request.formatted(ID))
                .toArray(String[]::new);
    }

    @Test
    @DisplayName("is answered or refused with a reason, and never with an error of the server")
    void requests() throws IOException {
        Fuzz.of("request")
                .good(good())
                .words("null", "[]", "{}", "-1", "9223372036854775807", "1e308", "\"\"", "%00", "/../", "latest")
                .usually(200)
                .run(this::ask);
    }

    private void ask(byte[] input) throws InterruptedException, IOException {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        String[] head = text.lines().findFirst().orElse("").split(" ", 3);
        HttpClient client = head.length == 3 && head[0].length() == 1 ? clients.get(head[0].charAt(0)) : null;
        if (client == null || !List.of("GET", "POST", "PUT", "DELETE").contains(head[1])) {
            return;
        }
        String path = escaped(head[2].startsWith("/") ? head[2] : "/" + head[2]);
        String body = text.contains("\n") ? text.substring(text.indexOf('\n') + 1) : "";
        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + site.server.httpsPort() + path))
                .timeout(head[1].equals("GET") ? PATIENCE : Duration.ofSeconds(15))
                .header("Content-Type", "application/json")
                .method(head[1], HttpRequest.BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1))
                .build();
        try {
            answered(client, request, text);
        } catch (HttpTimeoutException e) {
            assertThat(head[1]).as("a request that is held back: %s", text).isEqualTo("GET");
        } catch (IOException e) {
            // After nonsense the server may close the kept connection while this request is on its way. Asked on a
            // new one it is answered.
            answered(client, request, text);
        }
    }

    private static void answered(HttpClient client, HttpRequest request, String text)
            throws InterruptedException, IOException {
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream content = answer.body()) {
            assertThat(answer.statusCode()).as(text).isLessThan(500);
            String type = answer.headers().firstValue("Content-Type").orElse("");
            if (answer.statusCode() >= 400 && type.contains("json")) {
                ApiError error = ControlJson.mapper().readValue(content, ApiError.class);
                assertThat(error.code()).isNotBlank();
            } else if (answer.statusCode() >= 400) {
                // What is no path at all is refused before it comes to us; that tells nothing of our inside.
                String page = new String(content.readNBytes(ControlJson.MAX_BODY_BYTES), StandardCharsets.UTF_8);
                assertThat(page).doesNotContain("dev.breakwater", "\tat ");
            }
        }
    }

    /// What a URI cannot hold is escaped; what it can, even where it has a meaning, stays as it is.
    private static String escaped(String path) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean plain = c < 0x7f && (Character.isLetterOrDigit(c) || "/?&=-._~:@!$'()*+,;".indexOf(c) >= 0);
            result.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return result.toString();
    }
}

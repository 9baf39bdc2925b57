package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.control.ApiError;
import dev.breakwater.control.ControlException;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.AdminPaths;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.machine.MachinePaths;
import dev.breakwater.control.processserver.ProcessServerPaths;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.control.registration.RegistrationPaths;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsPortTest {

    @TempDir
    private Path folder;

    private Site site;
    private TlsIdentity admin;

    @BeforeEach
    void start() throws Exception {
        site = new Site(folder);
        admin = TlsIdentity.load(folder.resolve("admin"));
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    @DisplayName(
            "Each role asks its own resources only, and nobody anything without a certificate of this installation")
    void roles() throws Exception {
        Registered machine = site.machine("web-1");
        Registered server = site.processServer("ps-1");
        List<String> resources = List.of(
                AdminPaths.STATUS, AdminPaths.EVENT_STREAM, MachinePaths.ORDERS, ProcessServerPaths.ASSIGNMENTS);
        for (String path : resources) {
            SSLContext nobody = TlsIdentity.anonymousContext(admin.trustedCa(), PeerRole.CONFIGURATION_SERVER);
            assertThat(ask(nobody, "GET", path, null).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(as(machine.identity(), "GET", AdminPaths.STATUS, null).statusCode())
                .isEqualTo(403);
        assertThat(as(machine.identity(), "GET", AdminPaths.EVENT_STREAM, null).statusCode())
                .isEqualTo(403);
        assertThat(as(machine.identity(), "GET", ProcessServerPaths.ASSIGNMENTS, null)
                        .statusCode())
                .isEqualTo(403);
        assertThat(as(server.identity(), "GET", AdminPaths.PASSPHRASE, null).statusCode())
                .isEqualTo(403);
        assertThat(as(server.identity(), "GET", MachinePaths.ORDERS, null).statusCode())
                .isEqualTo(403);
        assertThat(as(admin, "GET", MachinePaths.ORDERS, null).statusCode()).isEqualTo(403);

        CertificateAuthority elsewhere = CertificateAuthority.create("Elsewhere", Instant.now());
        TlsIdentity forged = elsewhere.newIdentity(
                new PeerName(PeerRole.ADMINISTRATOR, UUID.randomUUID()), List.of(), Instant.now());
        TlsIdentity mixed = new TlsIdentity(forged.privateKey(), forged.chain(), admin.trustedCa());
        try {
            assertThat(as(mixed, "GET", AdminPaths.STATUS, null).statusCode()).isEqualTo(401);
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SSLException.class);
        }
    }

    @Test
    @DisplayName("Hostile bodies are refused in words, and the server goes on")
    void hostileBodies() throws Exception {
        String nested = "[".repeat(100_000);
        List<String> bodies = List.of(
                "",
                "null",
                "42",
                "[]",
                "{",
                "{}",
                nested,
                "{\"disks\":[]}",
                "{\"disks\":[null]}",
                "{\"disks\":[\"/dev/sda\",\"/dev/sda\"]}",
                "{\"disks\":" + "9".repeat(5000) + "}",
                "{\"disks\":[\"" + "x".repeat(300_000) + "\"]}",
                "\u0000\u0001\ufeff");
        for (String body : bodies) {
            HttpResponse<String> answer =
                    as(admin, "POST", AdminPaths.MACHINES + "/web-1" + AdminPaths.PROTECTION, body);
            assertThat(answer.statusCode())
                    .as(body.substring(0, Math.min(40, body.length())))
                    .isEqualTo(400);
            assertThat(error(answer).what()).isNotBlank();
        }
        HttpResponse<String> huge = as(admin, "POST", AdminPaths.POLICIES, " ".repeat(ControlJson.MAX_BODY_BYTES + 1));
        assertThat(huge.statusCode()).isBetween(400, 413);
        assertThat(as(admin, "POST", RegistrationPaths.CHALLENGE, "{\"secret\":\"PASSPHRASE\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(as(admin, "GET", AdminPaths.JOBS + "/not-a-uuid", null).statusCode())
                .isEqualTo(400);
        assertThat(as(admin, "GET", AdminPaths.EVENTS + "?after=x", null).statusCode())
                .isEqualTo(400);
        assertThat(as(admin, "GET", AdminPaths.MACHINES + "/'%20OR%201=1", null).statusCode())
                .isEqualTo(404);
        HttpResponse<String> lost = as(admin, "GET", "/nowhere", null);
        assertThat(lost.statusCode()).isEqualTo(404);
        assertThat(error(lost).code()).isEqualTo("http-404");
        try (AdminClient client = site.admin()) {
            assertThat(client.status().machines()).isZero();
        }
    }

    @Test
    @DisplayName("A policy outside the ranges is refused in the words of the rule")
    void policyRanges() {
        assertThatThrownBy(() -> {
                    HttpResponse<String> answer = as(
                            admin,
                            "POST",
                            AdminPaths.POLICIES,
                            "{\"name\":\"x\",\"rpoThreshold\":\"PT1H\",\"retention\":\"P16D\","
                                    + "\"crashConsistentEvery\":\"PT5M\",\"applicationConsistentEvery\":\"PT0S\"}");
                    throw new ControlException(answer.statusCode(), error(answer));
                })
                .hasMessageContaining("The retention must lie between PT0S and PT360H");
    }

    @Test
    @DisplayName("Events arrive as they happen, with what happened before")
    void events() throws Exception {
        BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
        try (AdminClient client = site.admin()) {
            site.machine("before");
            Thread listener = Thread.ofVirtual().start(() -> {
                try (Stream<Event> stream = client.eventStream(0)) {
                    stream.forEach(heard::add);
                } catch (Exception e) {
                    heard.clear();
                }
            });
            assertThat(heard.poll(10, TimeUnit.SECONDS).text()).contains("before");
            site.machine("after");
            Event second = heard.poll(10, TimeUnit.SECONDS);
            assertThat(second.text()).contains("after");
            assertThat(client.events(second.number())).isEmpty();
            assertThat(listener.isAlive()).isTrue();
        }
    }

    private HttpResponse<String> as(TlsIdentity who, String method, String path, String body) throws Exception {
        return ask(who.clientContext(PeerRole.CONFIGURATION_SERVER), method, path, body);
    }

    private HttpResponse<String> ask(SSLContext tls, String method, String path, String body) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("https://localhost:" + site.server.httpsPort() + path));
            if (body == null) {
                request.method(method, HttpRequest.BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static ApiError error(HttpResponse<String> answer) throws IOException {
        return ControlJson.mapper().readValue(answer.body(), ApiError.class);
    }
}

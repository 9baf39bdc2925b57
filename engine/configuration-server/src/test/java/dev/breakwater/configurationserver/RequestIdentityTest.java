package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.breakwater.control.ControlConnection;
import dev.breakwater.control.ControlException;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.AdminPaths;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RequestIdentityTest {

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("dev.breakwater");
    private Site site;

    @BeforeEach
    void start() throws Exception {
        lines.start();
        log.addAppender(lines);
        site = new Site(folder);
    }

    @AfterEach
    void stop() {
        site.close();
        log.detachAppender(lines);
    }

    @Test
    @DisplayName("a refusal names its request in its header, in its words and in the server's log")
    void refusals() throws Exception {
        try (AdminClient admin = site.admin()) {
            assertThatThrownBy(() -> admin.machine("nobody"))
                    .isInstanceOfSatisfying(ControlException.class, refused -> {
                        String request = refused.error().request();
                        assertThat(request).isNotBlank();
                        assertThat(refused).hasMessageContaining("request " + request);
                        assertThat(lines.list)
                                .anyMatch(line ->
                                        request.equals(line.getMDCPropertyMap().get("request"))
                                                && line.getFormattedMessage().contains("nobody"));
                    });
        }
    }

    @Test
    @DisplayName("a caller can neither choose the request's identity nor write into the log with it")
    void callersNames() throws Exception {
        for (String hostile : List.of(
                "chain-0815",
                "00000000-0000-0000-0000-000000000000",
                "a".repeat(65),
                "with space",
                "\"},{\"level\":\"ERROR")) {
            assertThat(answeredAs(hostile)).isNotEqualTo(hostile).hasSize(36);
        }
    }

    @Test
    @DisplayName("what happens to a machine is logged with its identity and its job, and with the request that asked")
    void events() throws Exception {
        Registered machine = site.machine("web-1");
        site.processServer("ps-1");
        try (AdminClient admin = site.admin()) {
            JobView job = admin.protect("web-1", new ProtectRequest(List.of("/dev/sda"), null, null));
            assertThat(lines.list)
                    .anySatisfy(line -> assertThat(line.getMDCPropertyMap())
                            .containsEntry("job", job.id().toString())
                            .containsEntry("machine", machine.id().toString())
                            .containsKey("request"));
        }
    }

    private String answeredAs(String name) throws Exception {
        TlsIdentity admin = TlsIdentity.load(folder.resolve("admin"));
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(admin.clientContext(PeerRole.CONFIGURATION_SERVER))
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(
                                    URI.create("https://localhost:" + site.server.httpsPort() + AdminPaths.STATUS))
                            .header(ControlConnection.REQUEST_ID, name)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.headers().firstValue(ControlConnection.REQUEST_ID).orElseThrow();
        }
    }
}

package dev.breakwater.configurationserver;

import dev.breakwater.control.ApiError;
import dev.breakwater.control.ControlJson;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLContext;

/// Asks a server whatever it likes, with whatever certificate it has.
final class Caller implements AutoCloseable {

    private final HttpClient client;
    private final int port;

    Caller(Site site, TlsIdentity identity) {
        this(site, identity.clientContext(PeerRole.CONFIGURATION_SERVER));
    }

    Caller(Site site, SSLContext tls) {
        this.port = site.server.httpsPort();
        this.client = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /// An answer.
    ///
    /// @param status of HTTP
    /// @param body of it
    /// @param request its identity
    record Answer(int status, String body, String request) {

        ApiError error() throws IOException {
            return ControlJson.mapper().readValue(body, ApiError.class);
        }
    }

    Answer ask(String method, String path, Object body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(
                            method,
                            HttpRequest.BodyPublishers.ofString(
                                    body instanceof String text
                                            ? text
                                            : ControlJson.mapper().writeValueAsString(body)));
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(),
                answer.body(),
                answer.headers().firstValue("X-Request-Id").orElse(""));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

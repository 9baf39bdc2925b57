package dev.breakwater.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Requests to one configuration server, JSON both ways. Safe for several threads.
public final class ControlConnection implements AutoCloseable {

    /// Header that names the request in the server's log; the server draws one if it comes without.
    public static final String REQUEST_ID = "X-Request-Id";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// An answer that was not asked to wait; the server's slowest transaction is far shorter.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final EngineAddress server;
    private final Supplier<SSLContext> tls;
    private final @Nullable LiveIdentity identity;
    private volatile Opened opened;

    private record Opened(@Nullable TlsIdentity shown, HttpClient client) {}

    /// A connection that proves itself with the given context.
    public ControlConnection(EngineAddress server, SSLContext tls) {
        this(server, null, () -> tls);
    }

    /// A connection to a configuration server that shows the newest certificate of an identity.
    public ControlConnection(EngineAddress server, LiveIdentity identity) {
        this(server, identity, () -> identity.clientContext(PeerRole.CONFIGURATION_SERVER));
    }

    private ControlConnection(EngineAddress server, @Nullable LiveIdentity identity, Supplier<SSLContext> tls) {
        this.server = server;
        this.identity = identity;
        this.tls = tls;
        this.opened = new Opened(identity == null ? null : identity.now(), newClient(tls.get()));
    }

    private static HttpClient newClient(SSLContext context) {
        return HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(TlsIdentity.parameters())
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /// Connections that stand show the certificate they were made with, which is refused once the renewed one was
    /// used; hence new ones after a renewal. What was asked before is answered still.
    private HttpClient client() {
        Opened present = opened;
        if (identity == null || identity.now().equals(present.shown())) {
            return present.client();
        }
        synchronized (this) {
            if (!identity.now().equals(opened.shown())) {
                HttpClient old = opened.client();
                opened = new Opened(identity.now(), newClient(tls.get()));
                old.shutdown();
            }
            return opened.client();
        }
    }

    /// The server asked.
    public EngineAddress server() {
        return server;
    }

    /// Asks for one value.
    public <T> T get(String path, Class<T> type) throws IOException, InterruptedException {
        return get(path, type, ANSWER_TIMEOUT);
    }

    /// Asks for one value that the server may hold back for a while.
    public <T> T get(String path, Class<T> type, Duration timeout) throws IOException, InterruptedException {
        return read(
                send("GET", path, null, timeout),
                content -> ControlJson.mapper().readValue(content, type));
    }

    /// Asks for a text.
    public String text(String path) throws IOException, InterruptedException {
        return new String(send("GET", path, null, ANSWER_TIMEOUT), StandardCharsets.UTF_8);
    }

    /// Asks for a file that is no larger than any answer.
    public byte[] bytes(String path) throws IOException, InterruptedException {
        return send("GET", path, null, ANSWER_TIMEOUT);
    }

    /// Asks for a list.
    public <T> List<T> list(String path, Class<T> element) throws IOException, InterruptedException {
        return read(
                send("GET", path, null, ANSWER_TIMEOUT),
                content -> ControlJson.mapper().readerForListOf(element).readValue(content));
    }

    /// Sends a value and reads the answer.
    ///
    /// @param method POST, PUT or DELETE
    /// @param body nothing is sent if null
    public <T> T send(String method, String path, @Nullable Object body, Class<T> type)
            throws IOException, InterruptedException {
        return read(
                send(method, path, body, ANSWER_TIMEOUT),
                content -> ControlJson.mapper().readValue(content, type));
    }

    /// Sends a value; the answer has no content.
    public void send(String method, String path, @Nullable Object body) throws IOException, InterruptedException {
        send(method, path, body, ANSWER_TIMEOUT);
    }

    /// Opens an endless answer of text lines (server-sent events). Closing the stream ends it.
    public Stream<String> lines(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resource(path))
                .header("Accept", "text/event-stream")
                .GET()
                .build();
        HttpResponse<InputStream> response = exchange(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            try (InputStream body = response.body()) {
                throw refusal(response.statusCode(), body.readNBytes(ControlJson.MAX_BODY_BYTES));
            }
        }
        return BoundedLines.of(response.body());
    }

    private byte[] send(String method, String path, @Nullable Object body, Duration timeout)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resource(path)).timeout(timeout);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(
                            method,
                            HttpRequest.BodyPublishers.ofByteArray(
                                    ControlJson.mapper().writeValueAsBytes(body)));
        }
        HttpResponse<InputStream> response = exchange(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        byte[] content;
        try (InputStream stream = response.body()) {
            content = stream.readNBytes(ControlJson.MAX_BODY_BYTES + 1);
        }
        if (content.length > ControlJson.MAX_BODY_BYTES) {
            throw new IOException("The answer of " + server + " to " + path + " is larger than "
                    + ControlJson.MAX_BODY_BYTES + " bytes and was not read.");
        }
        if (response.statusCode() / 100 != 2) {
            throw refusal(response.statusCode(), content);
        }
        return content;
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        try {
            return client().send(request, body);
        } catch (IOException e) {
            throw NoAnswerException.of(server, e);
        }
    }

    private static ControlException refusal(int status, byte[] content) {
        try {
            return new ControlException(status, ControlJson.mapper().readValue(content, ApiError.class));
        } catch (IOException e) {
            return new ControlException(
                    status,
                    new ApiError(
                            "unreadable-refusal",
                            "The server refused the request with HTTP status " + status + ".",
                            "Nothing was changed.",
                            "It gave no reason that this program can read.",
                            "Check that the address is that of a Breakwater configuration server."));
        }
    }

    private <T> T read(byte[] content, Decoder<T> decoder) throws IOException {
        try {
            T value = decoder.decode(content);
            if (value == null) {
                throw new IOException("The answer of " + server + " is empty.");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IOException("The answer of " + server + " cannot be understood.", e);
        }
    }

    private interface Decoder<T> {
        @Nullable
        T decode(byte[] content) throws IOException;
    }

    @Override
    public void close() {
        opened.client().shutdownNow();
    }
}

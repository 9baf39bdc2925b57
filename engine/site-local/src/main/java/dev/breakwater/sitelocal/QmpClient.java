package dev.breakwater.sitelocal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks the QEMU Machine Protocol with one running QEMU over its unix socket: lines of JSON, replies found by id,
/// events dropped. Safe for several threads.
final class QmpClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QmpClient.class);

    /// A monitor command of ours is done in milliseconds; a busy computer and a large screen take longer.
    private static final Duration REPLY_DEADLINE = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SocketChannel channel;
    private final AtomicLong nextId = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();

    private QmpClient(SocketChannel channel) {
        this.channel = channel;
    }

    /// Connects and leaves QEMU's negotiation mode.
    ///
    /// @throws IOException if nobody listens there or it is no QEMU
    static QmpClient connect(Path socket) throws IOException, InterruptedException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        QmpClient client = new QmpClient(channel);
        Thread.ofVirtual().name("qmp").start(client::listen);
        try {
            client.command("qmp_capabilities", Map.of());
            return client;
        } catch (IOException | InterruptedException e) {
            client.close();
            throw e;
        }
    }

    /// Runs a command.
    ///
    /// @return what it returned
    /// @throws IOException if QEMU refuses it, is gone, or does not answer in time
    JsonNode command(String command, Map<String, Object> arguments) throws IOException, InterruptedException {
        long id = nextId.incrementAndGet();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("execute", command);
        line.put("id", id);
        if (!arguments.isEmpty()) {
            line.put("arguments", arguments);
        }
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        waiting.put(id, reply);
        try {
            send(JSON.writeValueAsString(line) + "\n");
            JsonNode answer = reply.get(REPLY_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.has("error")) {
                throw new IOException("QEMU refused " + command + ": "
                        + answer.get("error").path("desc").asText());
            }
            return answer.path("return");
        } catch (TimeoutException e) {
            throw new IOException("QEMU did not answer " + command + " within " + REPLY_DEADLINE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("QEMU is gone: " + e.getCause(), e);
        } finally {
            waiting.remove(id);
        }
    }

    private synchronized void send(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void listen() {
        IOException end = new IOException("the connection was closed");
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                JsonNode message = JSON.readTree(line);
                CompletableFuture<JsonNode> reply =
                        message.has("id") ? waiting.get(message.get("id").asLong()) : null;
                if (reply != null) {
                    reply.complete(message);
                } else {
                    LOG.trace("QEMU says {}", line);
                }
                line = reader.readLine();
            }
        } catch (IOException e) {
            end = e;
        }
        for (CompletableFuture<JsonNode> reply : waiting.values()) {
            reply.completeExceptionally(end);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A QMP connection could not be closed: {}", e.getMessage());
        }
    }
}

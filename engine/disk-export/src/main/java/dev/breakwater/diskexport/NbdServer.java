package dev.breakwater.diskexport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves disks read-only over the Network Block Device protocol (fixed newstyle) on a unix socket, so that a machine
/// can run from a recovery point of which nothing was copied. Any number of reads may be under way; a client's error
/// or misbehaviour ends its own connection only.
public final class NbdServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NbdServer.class);

    /// The kernel's limit for the path of a unix socket, its final zero not counted.
    public static final int MAX_SOCKET_PATH_BYTES = 107;

    /// A machine needs one connection per disk; tools a few more. Past this somebody is leaking them.
    static final int MAX_CONNECTIONS = 64;

    /// Bytes that may wait in memory on their way to all clients together.
    static final int MAX_PENDING_BYTES = 64 << 20;

    /// A client that has not said within this time what it wants will not.
    private static final int NEGOTIATION_SECONDS = 10;

    private final Path socket;
    private final Map<String, NbdExport> exports;
    private final ServerSocketChannel listener;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);
    private final Semaphore pendingBytes = new Semaphore(MAX_PENDING_BYTES);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("nbd-timer").factory());

    private NbdServer(Path socket, Map<String, NbdExport> exports, ServerSocketChannel listener) {
        this.socket = socket;
        this.exports = exports;
        this.listener = listener;
    }

    /// Starts a server.
    ///
    /// @param socket path of the unix socket; a stale one is replaced. Only this user may connect.
    /// @param exports what is served, the first one also under the empty name
    /// @throws IOException if the socket cannot be made
    public static NbdServer start(Path socket, List<NbdExport> exports) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH_BYTES) {
            throw new IOException("The path of the NBD socket has more than " + MAX_SOCKET_PATH_BYTES
                    + " bytes, which the kernel does not take, so no disk can be exported: " + socket
                    + ". Use a shorter folder.");
        }
        Map<String, NbdExport> byName = new LinkedHashMap<>();
        for (NbdExport export : exports) {
            if (byName.put(export.name(), export) != null) {
                throw new IllegalArgumentException("two exports are called " + export.name());
            }
        }
        Files.deleteIfExists(socket);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        NbdServer server = new NbdServer(socket, byName, listener);
        Thread.ofVirtual().name("nbd-accept").start(server::accept);
        return server;
    }

    /// The address of an export, as QEMU's tools and libnbd take it.
    public String uri(String export) {
        return "nbd+unix:///" + export + "?socket=" + socket;
    }

    /// The unix socket.
    public Path socket() {
        return socket;
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                if (listener.isOpen()) {
                    LOG.warn("A client of {} could not be accepted: {}", socket, e.getMessage());
                }
            }
        }
    }

    private void serve(SocketChannel client) throws IOException {
        if (!connections.tryAcquire()) {
            LOG.warn("{} has {} clients already: another one was turned away.", socket, MAX_CONNECTIONS);
            client.close();
            return;
        }
        clients.add(client);
        ScheduledFuture<?> deadline = timer.schedule(() -> closeQuietly(client), NEGOTIATION_SECONDS, TimeUnit.SECONDS);
        Thread.ofVirtual().name("nbd-client").start(() -> {
            try (client) {
                NbdNegotiation negotiation = new NbdNegotiation(new NbdInput(client), client, exports);
                var agreed = negotiation.run();
                deadline.cancel(false);
                if (agreed.isPresent()) {
                    new NbdTransmission(negotiation.input(), client, agreed.get(), pendingBytes).run();
                }
            } catch (IOException e) {
                LOG.debug("A client of {} is gone: {}", socket, e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                deadline.cancel(false);
                clients.remove(client);
                connections.release();
            }
        });
    }

    private static void closeQuietly(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("An NBD client could not be closed: {}", e.getMessage());
        }
    }

    /// Ends all connections and removes the socket.
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            listener.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.warn("The NBD socket {} could not be removed: {}", socket, e.getMessage());
        }
        clients.forEach(NbdServer::closeQuietly);
    }
}

package dev.breakwater.configurationserver.http;

import dev.breakwater.platform.tls.PeerName;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections that stand: whose they are, so that they can be closed when a certificate is taken back, and
/// whether they dawdle, so that nobody holds a place by sending a byte now and then. Safe for several threads.
public final class Connections implements Connection.Listener, HttpConfiguration.Customizer {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /// From the first byte of a request to the last byte of its header, and from the TCP connection to the first
    /// request. A slow line needs some seconds for 16 KiB.
    static final long HEADER_SECONDS = 20;

    /// From the header of a request to the last byte of its body: 4 MiB at 70 KiB/s.
    static final long BODY_SECONDS = 60;

    /// Connections of one address: several machines behind one router, with two or three connections each.
    private static final int PER_ADDRESS = 512;

    private static final long SECOND = 1_000_000_000L;
    private static final String ENDPOINT = "breakwater.endpoint";

    private static final class State {
        private final String address;
        private volatile @Nullable PeerName owner;
        private long messages;
        private long bytes;
        private long since;

        private State(String address, long now) {
            this.address = address;
            this.since = now;
        }
    }

    private final LongSupplier nanos;
    private final Map<HttpConnection, State> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();

    /// @param nanos monotonic time
    public Connections(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection http) {
            String address = address(http.getEndPoint());
            open.put(http, new State(address, nanos.getAsLong()));
            if (perAddress.merge(address, 1, Integer::sum) > PER_ADDRESS) {
                LOG.warn("A connection from {} was closed: it has {} already.", address, PER_ADDRESS);
                http.getEndPoint().close();
            }
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof HttpConnection http) {
            State state = open.remove(http);
            if (state != null) {
                perAddress.computeIfPresent(state.address, (address, count) -> count > 1 ? count - 1 : null);
            }
        }
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        request.setAttribute(ENDPOINT, request.getConnectionMetaData().getConnection());
        return request;
    }

    /// The connection of the request belongs to that peer.
    void belongs(HttpServletRequest request, PeerName owner) {
        if (request.getAttribute(ENDPOINT) instanceof HttpConnection connection) {
            State state = open.get(connection);
            if (state != null) {
                state.owner = owner;
            }
        }
    }

    /// Closes all connections of a peer. What it asked and was not answered is not answered any more.
    public void close(PeerName owner) {
        open.forEach((connection, state) -> {
            if (owner.equals(state.owner)) {
                connection.getEndPoint().close();
            }
        });
    }

    /// Closes those whose request does not come to an end. Called once a second.
    void closeDawdlers() {
        long now = nanos.getAsLong();
        open.forEach((connection, state) -> {
            long messages = connection.getMessagesIn();
            long bytes = connection.getBytesIn();
            boolean answering = messages != connection.getMessagesOut();
            boolean idle = messages > 0 && bytes == state.bytes;
            if (messages != state.messages || (idle && !answering)) {
                state.messages = messages;
                state.bytes = bytes;
                state.since = now;
            } else if (!idle && now - state.since > (answering ? BODY_SECONDS : HEADER_SECONDS) * SECOND) {
                LOG.info("A connection from {} was closed: its request took too long to come.", state.address);
                connection.getEndPoint().close();
            } else if (answering) {
                state.bytes = bytes;
            }
        });
    }

    private static String address(EndPoint endPoint) {
        SocketAddress remote = endPoint.getRemoteSocketAddress();
        return remote instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : String.valueOf(remote);
    }
}

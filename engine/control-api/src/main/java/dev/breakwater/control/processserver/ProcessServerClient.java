package dev.breakwater.control.processserver;

import dev.breakwater.control.ControlConnection;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.time.Duration;

/// A process server's side of the control connection. Safe for several threads.
public final class ProcessServerClient implements AutoCloseable {

    /// The server holds a request for assignments back for 30 s at most.
    private static final Duration ASSIGNMENTS_TIMEOUT = Duration.ofSeconds(45);

    private final ControlConnection connection;

    /// Speaks as that process server.
    public ProcessServerClient(EngineAddress server, TlsIdentity identity) {
        this.connection = new ControlConnection(server, identity.clientContext(PeerRole.CONFIGURATION_SERVER));
    }

    /// The assignments, as soon as their version is another than the given one; the same ones after half a minute.
    ///
    /// @param knownVersion version already carried out, 0 at first
    public Assignments assignments(long knownVersion) throws IOException, InterruptedException {
        return connection.get(
                ProcessServerPaths.ASSIGNMENTS + "?after=" + knownVersion, Assignments.class, ASSIGNMENTS_TIMEOUT);
    }

    /// Tells how it is doing.
    public void health(ProcessServerHealth health) throws IOException, InterruptedException {
        connection.send("POST", ProcessServerPaths.HEALTH, health);
    }

    /// Tells what has become durable. Must be repeated until it succeeds.
    public void durable(DurableReport report) throws IOException, InterruptedException {
        connection.send("POST", ProcessServerPaths.POINTS, report);
    }

    @Override
    public void close() {
        connection.close();
    }
}

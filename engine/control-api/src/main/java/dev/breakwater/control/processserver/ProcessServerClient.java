package dev.breakwater.control.processserver;

import dev.breakwater.control.ControlConnection;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.registration.Renewal;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.time.Duration;

/// A process server's side of the control connection. Safe for several threads.
public final class ProcessServerClient implements AutoCloseable {

    /// The server holds a request for assignments back for 30 s at most.
    private static final Duration ASSIGNMENTS_TIMEOUT = Duration.ofSeconds(45);

    private final ControlConnection connection;
    private final LiveIdentity identity;

    /// Speaks as that process server.
    public ProcessServerClient(EngineAddress server, TlsIdentity identity) {
        this(server, new LiveIdentity(identity));
    }

    /// Speaks with the newest certificate of that identity.
    public ProcessServerClient(EngineAddress server, LiveIdentity identity) {
        this.identity = identity;
        this.connection = new ControlConnection(server, identity);
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

    /// Fetches a fresh certificate for a fresh key. The old one stays good until the new one is first used.
    public TlsIdentity renew() throws IOException, InterruptedException {
        return Renewal.fetch(connection, ProcessServerPaths.CERTIFICATE, identity.now());
    }

    @Override
    public void close() {
        connection.close();
    }
}

package dev.breakwater.processserver;

import dev.breakwater.platform.Threads;
import dev.breakwater.wire.transport.ConnectionTimes;
import dev.breakwater.wire.transport.ReplicationServer;
import dev.breakwater.wire.transport.ServerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A running process server: a [Gateway] behind a listening port.
public final class ProcessServer implements AutoCloseable {

    private final Gateway gateway;
    private final ReplicationServer server;

    private ProcessServer(Gateway gateway, ReplicationServer server) {
        this.gateway = gateway;
        this.server = server;
    }

    /// Starts listening for machines and asking for orders.
    ///
    /// @param control the configuration server; closed with the process server
    /// @param vaults opens the vault that the orders name
    /// @param nanos monotonic time
    /// @param clock the time of day
    /// @throws IOException if the port or the cache folder cannot be used
    public static ProcessServer start(
            ProcessServerSettings settings,
            ControlPlane control,
            MachineVaults.Opener vaults,
            LongSupplier nanos,
            InstantSource clock)
            throws IOException, InterruptedException {
        var gateway = new Gateway(settings, control, vaults, nanos, clock, Threads.system());
        ReplicationServer server;
        try {
            server = listen(settings, gateway);
        } catch (IOException | InterruptedException e) {
            gateway.close();
            throw e;
        }
        gateway.start(server.address().getPort(), HostLoad.ofThisComputer());
        return new ProcessServer(gateway, server);
    }

    private static ReplicationServer listen(ProcessServerSettings settings, Gateway gateway)
            throws IOException, InterruptedException {
        return ReplicationServer.start(
                new ServerSettings(
                        settings.address(),
                        settings.identity(),
                        Math.max(1, Runtime.getRuntime().availableProcessors()),
                        ServerSettings.USUAL_MAX_CONNECTIONS,
                        ConnectionTimes.USUAL),
                gateway.acceptor());
    }

    /// Where machines reach it.
    public InetSocketAddress address() {
        return server.address();
    }

    /// Stops: machines are sent away, what is on its way has a while to become durable, then everything is closed.
    @Override
    public void close() {
        server.stopAccepting();
        gateway.close();
        server.close();
    }
}

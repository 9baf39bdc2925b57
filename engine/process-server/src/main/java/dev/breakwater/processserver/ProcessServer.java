package dev.breakwater.processserver;

import dev.breakwater.model.MachineId;
import dev.breakwater.processserver.machine.DeskTools;
import dev.breakwater.processserver.machine.MachineDesk;
import dev.breakwater.processserver.machine.MemoryShares;
import dev.breakwater.processserver.upload.UploadQueue;
import dev.breakwater.wire.RefusalCode;
import dev.breakwater.wire.transport.ConnectionTimes;
import dev.breakwater.wire.transport.ReplicationServer;
import dev.breakwater.wire.transport.ServerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running process server.
public final class ProcessServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessServer.class);

    private final ProcessServerSettings settings;
    private final ControlPlane control;
    private final UploadQueue uploads;
    private final MachineDesks desks;
    private final ReplicationServer server;
    private final List<Thread> threads = new ArrayList<>();

    private ProcessServer(
            ProcessServerSettings settings, ControlPlane control, MachineVaults.Opener vaults, LongSupplier nanos)
            throws IOException, InterruptedException {
        this.settings = settings;
        this.control = control;
        ProcessServerSettings.Rhythm rhythm = settings.rhythm();
        Set<MachineId> changed = ConcurrentHashMap.newKeySet();
        var reporter = new DurableReporter(control, rhythm);
        uploads = new UploadQueue(settings.uploads(), settings.cacheFolder(), nanos);
        var tools = new DeskTools(
                uploads,
                new MemoryShares(settings.windowBytes(), settings.segmentBytes()),
                reporter,
                changed::add,
                DeskTools.USUAL_HANDOVER);
        desks = new MachineDesks(vaults, tools);
        server = listen();
        start("orders", new AssignmentWatch(control, desks, rhythm));
        start("durable-reports", reporter);
        start("health", new HealthMeter(settings, address().getPort(), control, desks, uploads, nanos));
        start("maintenance", new MaintenanceSchedule(desks, rhythm, changed, nanos));
    }

    /// Starts listening for machines and asking for orders.
    ///
    /// @param control the configuration server; closed with the process server
    /// @param vaults opens the vault that the orders name
    /// @param nanos monotonic time
    /// @throws IOException if the port or the cache folder cannot be used
    public static ProcessServer start(
            ProcessServerSettings settings, ControlPlane control, MachineVaults.Opener vaults, LongSupplier nanos)
            throws IOException, InterruptedException {
        return new ProcessServer(settings, control, vaults, nanos);
    }

    private ReplicationServer listen() throws IOException, InterruptedException {
        try {
            return ReplicationServer.start(
                    new ServerSettings(
                            settings.address(),
                            settings.identity(),
                            Math.max(1, Runtime.getRuntime().availableProcessors()),
                            ServerSettings.USUAL_MAX_CONNECTIONS,
                            ConnectionTimes.USUAL),
                    desks);
        } catch (IOException | InterruptedException e) {
            uploads.close();
            throw e;
        }
    }

    private void start(String name, Runnable work) {
        threads.add(Thread.ofPlatform().daemon().name("process-server-" + name).start(work));
    }

    /// Where machines reach it.
    public InetSocketAddress address() {
        return server.address();
    }

    /// Stops: machines are sent away, what is on its way has a while to become durable, then everything is closed.
    @Override
    public void close() {
        server.stopAccepting();
        List<MachineDesk> last = desks.all();
        last.forEach(desk -> desk.dismiss(RefusalCode.STOPPING, "The process server is stopping."));
        try {
            CompletableFuture.allOf(last.stream().map(MachineDesk::settled).toArray(CompletableFuture<?>[]::new))
                    .get(settings.rhythm().stop().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The process server stops with work on its way; the machines will send it again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
        uploads.close();
        desks.close();
        server.close();
        control.close();
    }
}

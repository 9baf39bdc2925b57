package dev.breakwater.processserver;

import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Threads;
import dev.breakwater.processserver.machine.DeskTools;
import dev.breakwater.processserver.machine.MachineDesk;
import dev.breakwater.processserver.machine.MemoryShares;
import dev.breakwater.processserver.machine.Throttle;
import dev.breakwater.processserver.upload.UploadFigures;
import dev.breakwater.processserver.upload.UploadQueue;
import dev.breakwater.wire.RefusalCode;
import dev.breakwater.wire.transport.MachineAcceptor;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process server without its port: desks, uploads, reports and maintenance. [ProcessServer] puts a listening port in
/// front; a simulation puts a network of its own there.
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private static final String STOPPING =
            "The process server is stopping; what is not durable yet is to be sent again when it is back.";

    private final ProcessServerSettings settings;
    private final ControlPlane control;
    private final LongSupplier nanos;
    private final Threads threads;
    private final Set<MachineId> changed = ConcurrentHashMap.newKeySet();
    private final DurableReporter reporter;
    private final UploadQueue uploads;
    private final MachineDesks desks;
    private final Throttle throttle;
    private final List<Thread> running = new ArrayList<>();

    /// Takes the cache folder over; nothing is asked or told before [#start].
    ///
    /// @param control the configuration server; closed with the gateway
    /// @param vaults opens the vault that the orders name
    /// @param nanos monotonic time
    /// @param clock the time of day
    /// @param threads where everything runs
    /// @throws IOException if the cache folder cannot be used
    public Gateway(
            ProcessServerSettings settings,
            ControlPlane control,
            MachineVaults.Opener vaults,
            LongSupplier nanos,
            InstantSource clock,
            Threads threads)
            throws IOException {
        this.settings = settings;
        this.control = control;
        this.nanos = nanos;
        this.threads = threads;
        reporter = new DurableReporter(control, settings.rhythm(), threads);
        uploads = new UploadQueue(settings.uploads(), settings.cacheFolder(), nanos, threads);
        throttle = new Throttle(clock, threads);
        var tools = new DeskTools(
                uploads,
                new MemoryShares(settings.windowBytes(), settings.segmentBytes()),
                throttle,
                reporter,
                changed::add,
                DeskTools.USUAL_HANDOVER,
                threads);
        desks = new MachineDesks(vaults, tools);
    }

    /// Starts asking for orders and reporting.
    ///
    /// @param port where machines reach it
    /// @param host how busy the computer is
    public void start(int port, HostLoad host) {
        ProcessServerSettings.Rhythm rhythm = settings.rhythm();
        run("orders", new AssignmentWatch(control, desks, rhythm, threads));
        run("durable-reports", reporter);
        var maintenance = new MaintenanceSchedule(desks, rhythm, changed, nanos, threads);
        run("maintenance", maintenance);
        run("throttle", throttle);
        run(
                "health",
                new HealthMeter(settings, port, control, desks, uploads, nanos, threads, host, throttle, maintenance));
    }

    private void run(String name, Runnable work) {
        Thread thread = threads.background("process-server-" + name + "-").newThread(work);
        running.add(thread);
        thread.start();
    }

    /// Takes machines that have connected.
    public MachineAcceptor acceptor() {
        return desks;
    }

    /// How the upload is doing.
    public UploadFigures uploads() {
        return uploads.figures();
    }

    /// Stops: what machines have sent has a while to become durable, they hear of that and why they have to go, then
    /// everything is closed.
    @Override
    public void close() {
        List<MachineDesk> last = desks.all();
        last.forEach(desk -> desk.drain(RefusalCode.STOPPING, STOPPING));
        try {
            threads.await(
                    CompletableFuture.allOf(
                            last.stream().map(MachineDesk::settled).toArray(CompletableFuture<?>[]::new)),
                    settings.rhythm().stop());
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The process server stops with work on its way; the machines will send it again.");
            last.forEach(desk -> desk.dismiss(RefusalCode.STOPPING, STOPPING));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.forEach(Thread::interrupt);
        uploads.close();
        desks.close();
        control.close();
    }
}

package dev.breakwater.mobility.service;

import dev.breakwater.control.ControlJson;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.registration.CertificateRenewer;
import dev.breakwater.mobility.registration.AgentFolder;
import dev.breakwater.mobility.replication.ReadPace;
import dev.breakwater.mobility.replication.Replication;
import dev.breakwater.mobility.replication.ReplicationPorts;
import dev.breakwater.mobility.replication.WireLink;
import dev.breakwater.mobility.spool.Spool;
import dev.breakwater.mobility.status.AgentStatus;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.wire.transport.ReplicationClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running mobility service: one thread for replication, one that waits for orders, one that reports.
public final class AgentService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentService.class);

    private static final Duration TICK = Duration.ofSeconds(1);

    /// Reports to the server: often while something moves, else each half minute.
    private static final int TICKS_MOVING = 3;

    private static final int TICKS_QUIET = 30;

    /// The inventory is told again each quarter of an hour.
    private static final int TICKS_INVENTORY = 900;

    /// How long a stop waits for a thread.
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    /// What the service needs of the world.
    ///
    /// @param folder its data folder, registered
    /// @param machine what it is made of
    /// @param captures opens capture
    /// @param spoolQuotaBytes the most that is kept while no process server takes it
    /// @param resyncBytesPerSecond the most that a comparison reads a second; empty for as fast as the disks allow
    /// @param entropy where identities come from
    /// @param clock time of day
    /// @param nanos monotonic nanoseconds
    public record Settings(
            AgentFolder folder,
            LocalMachine machine,
            ReplicationPorts.Captures captures,
            long spoolQuotaBytes,
            OptionalLong resyncBytesPerSecond,
            Entropy entropy,
            InstantSource clock,
            LongSupplier nanos) {}

    private final Settings settings;
    private final AgentFolder.Registration registration;
    private final AgentFolder.FolderLock lock;
    private final ControlChannel control;
    private final Replication replication;
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Thread> threads;
    private final CertificateRenewer renewer;
    private final ReplicationClient client;
    private volatile boolean stopping;
    private long lastSent;
    private long lastSentNanos;

    private AgentService(Settings settings, AgentFolder.FolderLock lock) throws IOException {
        this.settings = settings;
        this.lock = lock;
        var folder = settings.folder();
        this.registration = folder.requireRegistration();
        var identity = new LiveIdentity(TlsIdentity.load(folder.identityFolder()));
        this.control = new ControlChannel(registration.address(), identity, settings.machine(), settings.clock());
        this.renewer = new CertificateRenewer(identity, folder.identityFolder(), control::renew, settings.clock());
        this.client = new ReplicationClient(identity);
        var spool = Spool.open(folder.spool(), settings.spoolQuotaBytes(), settings.clock(), settings.entropy());
        this.replication = new Replication(new ReplicationPorts(
                registration.machine(),
                folder.replication(),
                new SpooledCaptures(settings.captures(), spool),
                (target, hello, listener) -> new WireLink(client).connect(target, hello, listener),
                spool,
                settings.machine(),
                new HookedPoints(folder.hooks()),
                control,
                pace(settings),
                wake::release,
                settings.entropy(),
                settings.clock(),
                settings.nanos()));
        this.threads = List.of(
                thread("replication", this::replicate),
                thread("orders", () -> control.listen(this::ordered)),
                thread("reports", this::report));
    }

    private static ReadPace pace(Settings settings) {
        OptionalLong most = settings.resyncBytesPerSecond();
        return most.isEmpty()
                ? ReadPace.UNBOUNDED
                : ReadPace.atMost(most.getAsLong(), settings.nanos(), time -> Thread.sleep(Duration.ofNanos(time)));
    }

    /// Starts the service.
    ///
    /// @throws IOException if the machine is not registered, or a service with the same data folder runs
    public static AgentService start(Settings settings) throws IOException {
        var lock = settings.folder()
                .lock()
                .orElseThrow(() -> new IOException("A mobility service with the data folder "
                        + settings.folder().path() + " runs already. This one was not started."));
        AgentService service;
        try {
            service = new AgentService(settings, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        service.restoreOrders();
        LOG.info(
                "Mobility service of machine {} ({}), configuration server {}",
                service.registration.name(),
                service.registration.machine(),
                service.registration.server());
        service.threads.forEach(Thread::start);
        return service;
    }

    /// Waits until the service has stopped.
    public void await() throws InterruptedException {
        ended.await();
    }

    /// Stops: nothing is lost, the next start resumes.
    @Override
    public void close() throws IOException {
        stopping = true;
        replication.interrupt();
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                thread.join(STOP_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        control.close();
        client.close();
        lock.close();
        LOG.info("The mobility service has stopped.");
        ended.countDown();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private Thread thread(String name, Work work) {
        return Thread.ofPlatform().name(name).daemon(true).unstarted(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                LOG.debug("{} ends.", name);
            } catch (IOException | RuntimeException | Error e) {
                LOG.error("{} failed; the service stops, because it cannot do its work.", name, e);
                ended.countDown();
            }
        });
    }

    private void replicate() throws InterruptedException, IOException {
        try {
            while (!stopping) {
                long wait = replication.step();
                if (wait > 0 && wake.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
                    wake.drainPermits();
                }
            }
        } finally {
            replication.close();
        }
    }

    private void ordered(MachineOrders orders) {
        try {
            SecretFile.write(settings.folder().orders(), ControlJson.mapper().writeValueAsBytes(orders));
        } catch (IOException e) {
            LOG.warn("The orders cannot be kept for a restart: {}", e.getMessage());
        }
        replication.orders(orders);
    }

    /// Until the server answers, the orders of last time hold, save for points and comparisons, which may be old.
    private void restoreOrders() {
        try {
            var file = settings.folder().orders();
            if (Files.exists(file)) {
                var old = ControlJson.read(file, MachineOrders.class);
                replication.orders(new MachineOrders(
                        old.version(),
                        old.machine(),
                        old.name(),
                        old.target(),
                        old.policy(),
                        old.disks(),
                        List.of(),
                        List.of()));
            }
        } catch (IOException e) {
            LOG.warn("The orders of last time cannot be understood; waiting for the server's: {}", e.getMessage());
        }
    }

    private void report() throws InterruptedException {
        int tick = 0;
        int lastReport = -TICKS_QUIET;
        MachineState lastState = MachineState.IDLE;
        while (!stopping) {
            var status = replication.status(speed());
            try {
                new AgentStatus(
                                true,
                                registration.server(),
                                registration.machine(),
                                registration.name(),
                                settings.clock().instant(),
                                control.problem(),
                                status)
                        .write(settings.folder().status());
            } catch (IOException e) {
                LOG.debug("The status file cannot be written: {}", e.getMessage());
            }
            boolean moving = status.bytesPerSecond() > 0 || status.state() != MachineState.REPLICATING;
            int every = moving && status.state() != MachineState.IDLE ? TICKS_MOVING : TICKS_QUIET;
            if (tick % TICKS_INVENTORY == 0) {
                control.inventoryChanged();
            }
            if (control.hasAnswers() || status.state() != lastState || tick - lastReport >= every) {
                control.report(status);
                lastReport = tick;
                lastState = status.state();
            }
            renewer.look();
            tick++;
            control.awaitAnswer(TICK);
        }
    }

    private long speed() {
        long now = settings.nanos().getAsLong();
        long sent = replication.sentBytes();
        long elapsed = now - lastSentNanos;
        long speed = elapsed <= 0 ? 0 : (long) ((sent - lastSent) * 1e9 / elapsed);
        lastSent = sent;
        lastSentNanos = now;
        return Math.max(0, speed);
    }
}

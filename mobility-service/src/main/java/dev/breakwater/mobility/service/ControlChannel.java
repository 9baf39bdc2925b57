package dev.breakwater.mobility.service;

import dev.breakwater.control.ControlException;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.mobility.replication.ReplicationPorts;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The conversation with the configuration server. It may be away for as long as it likes: replication goes on with
/// the newest orders, and results wait.
final class ControlChannel implements ReplicationPorts.Answers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlChannel.class);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration MAX_RETRY = Duration.ofSeconds(15);

    /// Results that wait for the server. More than orders can be open at once.
    private static final int MAX_ANSWERS = 2000;

    private final LocalMachine machine;
    private final Map<UUID, OrderResult> answers = new ConcurrentHashMap<>();
    private final EngineAddress server;
    private final LiveIdentity identity;
    private final InstantSource clock;
    private final MachineClient client;
    private final Semaphore fresh = new Semaphore(0);
    private volatile @Nullable String problem;
    private volatile boolean inventoryDue = true;

    ControlChannel(EngineAddress server, LiveIdentity identity, LocalMachine machine, InstantSource clock) {
        this.server = server;
        this.identity = identity;
        this.clock = clock;
        this.machine = machine;
        this.client = new MachineClient(server, identity);
    }

    /// Why the server cannot be reached; null if it can.
    @Nullable
    String problem() {
        return problem;
    }

    /// Tells the inventory again at the next report.
    void inventoryChanged() {
        inventoryDue = true;
    }

    @Override
    public void answer(UUID order, OrderResult result) {
        if (answers.size() < MAX_ANSWERS) {
            answers.put(order, result);
            fresh.release();
        }
    }

    /// Waits until there is a result that did not wait before: whoever gave the order waits for it, too.
    void awaitAnswer(Duration atMost) throws InterruptedException {
        if (fresh.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            fresh.drainPermits();
        }
    }

    /// Fetches orders for ever, until interrupted.
    void listen(Consumer<MachineOrders> consumer) throws InterruptedException {
        long known = 0;
        var retry = FIRST_RETRY;
        while (!Thread.interrupted()) {
            try {
                var orders = client.orders(known);
                retry = FIRST_RETRY;
                reached();
                if (orders.version() != known) {
                    known = orders.version();
                    LOG.info(
                            "Orders, version {}: {} disks, process server {}, {} points asked for",
                            known,
                            orders.disks().size(),
                            orders.target() == null ? "none" : orders.target().id(),
                            orders.points().size());
                }
                consumer.accept(orders);
            } catch (IOException e) {
                failed(e);
                Thread.sleep(retry);
                retry = retry.multipliedBy(2).compareTo(MAX_RETRY) > 0 ? MAX_RETRY : retry.multipliedBy(2);
            }
        }
    }

    /// Tells inventory, status and results, as far as the server can be reached.
    void report(MachineStatus status) throws InterruptedException {
        try {
            if (inventoryDue) {
                client.inventory(machine.inventory());
                inventoryDue = false;
            }
            deliverAnswers();
            client.status(status);
            reached();
        } catch (IOException e) {
            failed(e);
        }
    }

    /// Whether results wait.
    boolean hasAnswers() {
        return !answers.isEmpty();
    }

    /// Tells the results that wait.
    ///
    /// @throws IOException if the server cannot be reached; they go on waiting
    void deliverAnswers() throws IOException, InterruptedException {
        for (var answer : Map.copyOf(answers).entrySet()) {
            try {
                client.result(answer.getKey(), answer.getValue());
            } catch (ControlException e) {
                if (e.retryHelps()) {
                    throw e;
                }
                LOG.info("The server does not want the result of order {}: {}", answer.getKey(), e.getMessage());
            }
            answers.remove(answer.getKey(), answer.getValue());
        }
    }

    /// Fetches a fresh identity.
    ///
    /// @throws IOException if the server cannot be reached or refuses
    TlsIdentity renew() throws IOException, InterruptedException {
        return client.renew();
    }

    @Override
    public void close() {
        client.close();
    }

    private void reached() {
        if (problem != null) {
            LOG.info("The configuration server at {} answers again.", server);
        }
        problem = null;
    }

    private void failed(IOException e) {
        String text =
                ended() ? wayBack() : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (!text.equals(problem)) {
            LOG.warn("The configuration server at {} cannot be asked: {} Replication goes on.", server, text);
        }
        problem = text;
    }

    private boolean ended() {
        return clock.instant()
                .isAfter(identity.now().certificate().getNotAfter().toInstant());
    }

    /// What to do when the machine was off, or cut off, for longer than its certificate lives.
    private String wayBack() {
        return "This machine's certificate ended on "
                + identity.now().certificate().getNotAfter().toInstant()
                + " while it could not be renewed, so no server listens to the machine; its changes are kept here. Run"
                + " `breakwater agent register` again with the passphrase: identity and protection stay.";
    }
}

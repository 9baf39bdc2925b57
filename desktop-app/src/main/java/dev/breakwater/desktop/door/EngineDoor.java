package dev.breakwater.desktop.door;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProcessServerView;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A door that asks in rounds, on one virtual thread. A round that fails is repeated with growing pauses, over a
/// connection of its own, until the engine answers again.
public final class EngineDoor implements Door {

    /// Between rounds: counters that are older would look still, faster nobody reads.
    static final Duration PERIOD = Duration.ofSeconds(2);

    /// Between rounds while nothing flows and no job runs: then only a clock would move. An order is followed by a
    /// round at once, and a change that comes from elsewhere is seen within this.
    static final Duration RESTING_PERIOD = Duration.ofSeconds(5);

    /// What has been silent for so long is lost rather than slow.
    static final Duration LOST_AFTER = Duration.ofSeconds(30);

    /// A fresh engine answers within a second or two; nobody should wait longer than this for a restarted one.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /// Jobs asked for: more than anybody reads in the drawer; the page of jobs asks for more by itself.
    static final int JOBS = 100;

    /// Orders on their way at once: a person gives one after the other, a selection of machines some more.
    private static final int ORDERS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(EngineDoor.class);

    private final Connector connector;
    private final InstantSource clock;
    private final ThroughputHistory history = new ThroughputHistory();
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore orders = new Semaphore(ORDERS);
    private final Semaphore wake = new Semaphore(0);
    private final ReentrantLock publishing = new ReentrantLock();
    private final Thread worker;
    private volatile Snapshot now = Snapshot.NOTHING;
    private volatile boolean paused;
    private volatile boolean closed;
    private volatile @Nullable AdminClient client;
    private volatile long heardNanos;

    /// Opens a connection to the engine.
    @FunctionalInterface
    public interface Connector {
        /// Opens it.
        ///
        /// @throws IOException if there is no certificate or no address yet, or nobody answers
        AdminClient connect() throws IOException, InterruptedException;
    }

    /// A door that begins to ask at once.
    public EngineDoor(Connector connector, InstantSource clock) {
        this.connector = connector;
        this.clock = clock;
        this.heardNanos = System.nanoTime();
        this.worker = Thread.ofVirtual().name("door").start(this::askInRounds);
    }

    private void askInRounds() {
        int failures = 0;
        try {
            while (!closed) {
                long begin = System.nanoTime();
                if (!paused) {
                    failures = round() ? 0 : failures + 1;
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                Duration pause = failures == 0 ? pauseAfter(took, period(now.figures())) : pauseAfter(failures);
                // A pause by the user ends with a wake, a missed one with the next turn.
                if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The usual time; longer where ten thousand machines take seconds to tell, so that neither engine nor console is
    /// busy with it for more than a third of the time.
    static Duration pauseAfter(Duration took, Duration period) {
        Duration rest = took.multipliedBy(2);
        return rest.compareTo(period) < 0 ? period : rest.compareTo(LONGEST_PAUSE) < 0 ? rest : LONGEST_PAUSE;
    }

    /// How often it is worth to ask.
    static Duration period(@Nullable Figures figures) {
        return figures != null && figures.resting() ? RESTING_PERIOD : PERIOD;
    }

    /// 1, 2, 4, 8, 10, 10, … seconds.
    static Duration pauseAfter(int failures) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(failures - 1, 4));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private boolean round() throws InterruptedException {
        try {
            AdminClient asked = connected();
            Figures figures = figures(asked);
            heardNanos = System.nanoTime();
            publish(new Snapshot(Connection.LIVE, figures, Duration.ZERO, null));
            return true;
        } catch (IOException e) {
            LOG.debug("The engine did not answer.", e);
            disconnect();
            publish(silent(e));
            return false;
        }
    }

    private Snapshot silent(IOException problem) {
        Figures last = now.figures();
        Duration age = Duration.ofNanos(System.nanoTime() - heardNanos);
        boolean lost = age.compareTo(LOST_AFTER) > 0;
        Connection connection = problem instanceof UnreachableException known
                ? known.connection()
                : lost ? Connection.OFFLINE : last == null ? Connection.CONNECTING : Connection.STALE;
        return new Snapshot(connection, last, age, String.valueOf(problem.getMessage()));
    }

    private Figures figures(AdminClient asked) throws IOException, InterruptedException {
        List<MachineView> machines = asked.machines();
        List<ProcessServerView> servers = asked.processServers();
        return new Figures(
                clock.instant(),
                asked.status(),
                machines,
                servers,
                asked.policies(),
                asked.jobs(JOBS),
                history.with(Throughput.of(clock.instant(), machines, servers)));
    }

    private AdminClient connected() throws IOException, InterruptedException {
        AdminClient present = client;
        if (present == null) {
            present = connector.connect();
            client = present;
            if (closed) {
                disconnect();
            }
        }
        return present;
    }

    private void disconnect() {
        AdminClient present = client;
        client = null;
        if (present != null) {
            present.close();
        }
    }

    private void publish(Snapshot next) {
        publishing.lock();
        try {
            now = next;
            listeners.forEach(listener -> listener.accept(next));
        } finally {
            publishing.unlock();
        }
    }

    @Override
    public Snapshot now() {
        return now;
    }

    @Override
    public Subscription listen(Consumer<Snapshot> listener) {
        publishing.lock();
        try {
            listeners.add(listener);
            listener.accept(now);
        } finally {
            publishing.unlock();
        }
        return () -> listeners.remove(listener);
    }

    @Override
    public <T> CompletableFuture<T> ask(Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("door-order").start(() -> {
            try {
                orders.acquire();
                try (AdminClient own = connector.connect()) {
                    answer.complete(question.put(own));
                } finally {
                    orders.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer.completeExceptionally(e);
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
            // Also what was refused may have been done in part.
            refresh();
        });
        return answer;
    }

    @Override
    public void refresh() {
        wake.release();
    }

    @Override
    public void pause(boolean wanted) {
        paused = wanted;
        if (!wanted) {
            refresh();
        }
    }

    @Override
    public void close() {
        closed = true;
        listeners.clear();
        worker.interrupt();
        disconnect();
    }
}

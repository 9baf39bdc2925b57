package dev.breakwater.configurationserver;

import dev.breakwater.configurationserver.jobs.TestFailovers;
import dev.breakwater.configurationserver.jobs.VaultOutbox;
import dev.breakwater.configurationserver.port.Ports;
import dev.breakwater.configurationserver.replication.HealthWatch;
import dev.breakwater.configurationserver.replication.LiveStatus;
import dev.breakwater.configurationserver.replication.Machines;
import dev.breakwater.configurationserver.replication.Policies;
import dev.breakwater.configurationserver.replication.ProcessServers;
import dev.breakwater.configurationserver.replication.Progress;
import dev.breakwater.configurationserver.replication.Protection;
import dev.breakwater.configurationserver.replication.RpoHistories;
import dev.breakwater.configurationserver.replication.VaultWitness;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A configuration server without its port and its authority: what it knows, what it orders, and what only time moves.
/// [ConfigurationServer] puts HTTPS in front; a simulation asks it directly.
public final class Conductor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);

    /// How often what only time moves is looked at.
    private static final Duration TICK = Duration.ofSeconds(1);

    /// How often the vault is asked for points that were never reported.
    private static final Duration WITNESS = Duration.ofSeconds(15);

    /// How often health is looked at: not before peers had time to be heard after a start.
    private static final Duration HEALTH = Duration.ofSeconds(45);

    /// How often it is noted that this server runs: what it did not note is unknown in histories.
    private static final Duration ALIVE = Duration.ofMinutes(1);

    private final Database database;
    private final Ports ports;
    private final Threads threads;
    private final LiveStatus live = new LiveStatus();
    private final ProcessServers servers;
    private final Machines machines;
    private final Progress progress;
    private final Protection protection;
    private final Policies policies;
    private final TestFailovers tests;
    private final RpoHistories rpo;
    private final List<Thread> repeating = new ArrayList<>();
    private @Nullable VaultOutbox outbox;

    /// Takes a database over; nothing moves before [#start].
    public Conductor(Database database, Ports ports, Entropy entropy, Threads threads) {
        this.database = database;
        this.ports = ports;
        this.threads = threads;
        servers = new ProcessServers(database, live, ports);
        machines = new Machines(database, live, ports);
        progress = new Progress(database, live);
        protection = new Protection(database, servers, entropy);
        policies = new Policies(database);
        tests = new TestFailovers(database, ports, entropy, threads);
        rpo = new RpoHistories(database, database.read(Transaction::now));
    }

    /// Takes up what was under way when the server last stopped, and moves on what only time moves.
    public void start() {
        servers.tellAnew();
        tests.resume();
        outbox = new VaultOutbox(database, ports.catalog(), threads);
        repeat("jobs", TICK, progress::tick);
        repeat("witness", WITNESS, new VaultWitness(database, ports.view(), progress)::look);
        rpo.alive();
        repeat("alive", ALIVE, rpo::alive);
        repeat("health", HEALTH, new HealthWatch(database, machines, servers)::look);
    }

    private void repeat(String name, Duration every, Runnable work) {
        Thread thread = threads.background("ticker-" + name + "-").newThread(() -> {
            try {
                while (true) {
                    threads.sleep(every);
                    once(work, every);
                }
            } catch (InterruptedException e) {
                LOG.debug("The ticker was stopped.");
            }
        });
        repeating.add(thread);
        thread.start();
    }

    private static void once(Runnable work, Duration every) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Jobs could not be moved on; it is tried again in {} s.", every.toSeconds(), e);
        }
    }

    /// The state.
    public Database database() {
        return database;
    }

    /// What peers last told.
    public LiveStatus live() {
        return live;
    }

    /// Process servers.
    public ProcessServers servers() {
        return servers;
    }

    /// Registered machines.
    public Machines machines() {
        return machines;
    }

    /// Moves jobs on.
    public Progress progress() {
        return progress;
    }

    /// Orders about replication.
    public Protection protection() {
        return protection;
    }

    /// Replication policies.
    public Policies policies() {
        return policies;
    }

    /// Test failovers.
    public TestFailovers tests() {
        return tests;
    }

    /// The RPO of machines over a day.
    public RpoHistories rpo() {
        return rpo;
    }

    /// Stops what only time moves; requests are still answered.
    public void stop() {
        repeating.forEach(Thread::interrupt);
        database.topics().close();
    }

    /// Closes everything, after [#stop].
    @Override
    public void close() {
        tests.close();
        if (outbox != null) {
            outbox.close();
        }
        database.close();
    }
}

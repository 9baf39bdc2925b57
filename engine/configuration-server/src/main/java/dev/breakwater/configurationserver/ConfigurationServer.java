package dev.breakwater.configurationserver;

import dev.breakwater.configurationserver.authority.AuthorityFiles;
import dev.breakwater.configurationserver.authority.Registrations;
import dev.breakwater.configurationserver.http.HttpsPort;
import dev.breakwater.configurationserver.http.Services;
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
import dev.breakwater.configurationserver.replication.VaultWitness;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.Topics;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running configuration server.
public final class ConfigurationServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationServer.class);

    /// How often what only time moves is looked at.
    private static final Duration TICK = Duration.ofSeconds(1);

    /// How often the vault is asked for points that were never reported.
    private static final Duration WITNESS = Duration.ofSeconds(15);

    /// How often health is looked at: not before peers had time to be heard after a start.
    private static final Duration HEALTH = Duration.ofSeconds(45);

    private final Database database;
    private final TestFailovers tests;
    private final VaultOutbox outbox;
    private final ScheduledExecutorService ticker;
    private final HttpsPort port;

    private ConfigurationServer(
            Database database,
            TestFailovers tests,
            VaultOutbox outbox,
            ScheduledExecutorService ticker,
            HttpsPort port) {
        this.database = database;
        this.tests = tests;
        this.outbox = outbox;
        this.ticker = ticker;
        this.port = port;
    }

    /// Starts a configuration server; what was under way when it last stopped goes on.
    ///
    /// @throws IOException if the data folder cannot be used
    public static ConfigurationServer start(Settings settings, Ports ports, InstantSource clock, Entropy entropy)
            throws IOException {
        SecretFile.createFolder(settings.dataFolder());
        AuthorityFiles files = new AuthorityFiles(settings.dataFolder(), entropy);
        CertificateAuthority authority = files.authority(clock.instant());
        TlsIdentity identity = files.serverIdentity(authority, settings.hosts(), clock.instant());
        Path databaseFile = settings.dataFolder().resolve("configuration.db");
        if (!Files.exists(databaseFile)) {
            SecretFile.write(databaseFile, new byte[0]);
        }
        Database database = Database.open(databaseFile, clock, new Topics());
        LiveStatus live = new LiveStatus();
        ProcessServers servers = new ProcessServers(database, live, ports);
        Machines machines = new Machines(database, live, ports);
        Progress progress = new Progress(database, live);
        TestFailovers tests = new TestFailovers(database, ports, entropy);
        AtomicInteger listening = new AtomicInteger(settings.httpsPort());
        Glance glance = new Glance(settings, identity, ports, database, machines, servers, clock.instant(), listening);
        HttpsPort port = HttpsPort.open(
                settings.httpsPort(),
                identity,
                new Services(
                        database,
                        live,
                        new Registrations(
                                database,
                                authority,
                                files,
                                settings.vaultSecret().bytes(),
                                clock,
                                entropy),
                        machines,
                        new Protection(database, servers, entropy),
                        progress,
                        servers,
                        new Policies(database),
                        tests,
                        glance::status,
                        clock));
        listening.set(port.port());
        files.administrator(authority, port.port(), clock.instant());
        tests.resume();
        VaultOutbox outbox = new VaultOutbox(database, ports.catalog());
        ScheduledExecutorService ticker = Executors.newScheduledThreadPool(
                2, Thread.ofPlatform().daemon().name("ticker-", 0).factory());
        repeat(ticker, TICK, progress::tick);
        repeat(ticker, WITNESS, new VaultWitness(database, ports.view(), progress)::look);
        repeat(ticker, HEALTH, new HealthWatch(database, machines, servers)::look);
        LOG.info("The configuration server listens on port {}.", port.port());
        return new ConfigurationServer(database, tests, outbox, ticker, port);
    }

    /// The HTTPS port.
    public int httpsPort() {
        return port.port();
    }

    private static void repeat(ScheduledExecutorService ticker, Duration every, Runnable work) {
        var _ = ticker.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.error("Jobs could not be moved on; it is tried again in {} s.", every.toSeconds(), e);
                    }
                },
                every.toMillis(),
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        database.topics().close();
        port.close();
        tests.close();
        outbox.close();
        database.close();
    }
}

package dev.breakwater.configurationserver;

import dev.breakwater.configurationserver.authority.AuthorityFiles;
import dev.breakwater.configurationserver.authority.Registrations;
import dev.breakwater.configurationserver.http.HttpsPort;
import dev.breakwater.configurationserver.http.Services;
import dev.breakwater.configurationserver.port.Ports;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.Topics;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.Threads;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running configuration server.
public final class ConfigurationServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationServer.class);

    private final Conductor conductor;
    private final HttpsPort port;

    private ConfigurationServer(Conductor conductor, HttpsPort port) {
        this.conductor = conductor;
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
        Threads threads = Threads.system();
        Database database = Database.open(databaseFile, clock, new Topics(threads));
        Conductor conductor = new Conductor(database, ports, entropy, threads);
        AtomicInteger listening = new AtomicInteger(settings.httpsPort());
        Glance glance = new Glance(
                settings,
                identity,
                ports,
                database,
                conductor.machines(),
                conductor.servers(),
                clock.instant(),
                listening);
        HttpsPort port = HttpsPort.open(
                settings.httpsPort(),
                identity,
                new Services(
                        database,
                        conductor.live(),
                        new Registrations(
                                database,
                                authority,
                                files,
                                settings.vaultSecret().bytes(),
                                clock,
                                entropy),
                        conductor.machines(),
                        conductor.protection(),
                        conductor.progress(),
                        conductor.servers(),
                        conductor.policies(),
                        conductor.tests(),
                        glance::status,
                        clock));
        listening.set(port.port());
        files.administrator(authority, port.port(), clock.instant());
        conductor.start();
        LOG.info("The configuration server listens on port {}.", port.port());
        return new ConfigurationServer(conductor, port);
    }

    /// The HTTPS port.
    public int httpsPort() {
        return port.port();
    }

    @Override
    public void close() {
        conductor.stop();
        port.close();
        conductor.close();
    }
}

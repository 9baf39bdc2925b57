package dev.breakwater.configurationserver;

import dev.breakwater.configurationserver.access.AuditLog;
import dev.breakwater.configurationserver.authority.AuthorityFiles;
import dev.breakwater.configurationserver.authority.Registrations;
import dev.breakwater.configurationserver.authority.Revocations;
import dev.breakwater.configurationserver.authority.Users;
import dev.breakwater.configurationserver.http.Connections;
import dev.breakwater.configurationserver.http.HttpsPort;
import dev.breakwater.configurationserver.http.Services;
import dev.breakwater.configurationserver.port.Ports;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.Topics;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.Threads;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.LiveIdentity;
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
    private final Upkeep upkeep;

    private ConfigurationServer(Conductor conductor, HttpsPort port, Upkeep upkeep) {
        this.conductor = conductor;
        this.port = port;
        this.upkeep = upkeep;
    }

    /// Starts a configuration server; what was under way when it last stopped goes on.
    ///
    /// @throws IOException if the data folder cannot be used
    public static ConfigurationServer start(Settings settings, Ports ports, InstantSource clock, Entropy entropy)
            throws IOException {
        SecretFile.createFolder(settings.dataFolder());
        AuthorityFiles files = new AuthorityFiles(settings.dataFolder(), entropy);
        CertificateAuthority authority = files.authority(clock.instant()).issuingFor(settings.certificateLife());
        LiveIdentity identity = new LiveIdentity(files.serverIdentity(authority, settings.hosts(), clock.instant()));
        Threads threads = Threads.system();
        Database database = database(settings.dataFolder(), clock, threads);
        Conductor conductor = new Conductor(database, ports, entropy, threads);
        Connections connections = new Connections(System::nanoTime);
        Users users = new Users(database, authority, clock, entropy);
        AuditLog audit = new AuditLog(database, files.auditKey());
        Registrations registrations = new Registrations(
                database, authority, files, settings.vaultSecret().bytes(), clock, entropy);
        Upkeep upkeep =
                new Upkeep(settings, files, authority, identity, users, audit, ports.witness(), database, clock);
        AtomicInteger listening = new AtomicInteger(settings.httpsPort());
        Glance glance = new Glance(
                settings,
                identity.now(),
                ports,
                database,
                conductor.machines(),
                conductor.servers(),
                clock.instant(),
                listening);
        HttpsPort port = HttpsPort.open(
                settings.httpsPort(),
                identity,
                connections,
                new Services(
                        database,
                        conductor.live(),
                        registrations,
                        users,
                        new Revocations(database, connections::close),
                        audit,
                        upkeep::verify,
                        conductor.machines(),
                        conductor.protection(),
                        conductor.progress(),
                        conductor.servers(),
                        conductor.policies(),
                        conductor.tests(),
                        conductor.rpo(),
                        glance::status,
                        clock));
        listening.set(port.port());
        files.administrator(authority, users, port.port(), clock.instant());
        conductor.start();
        upkeep.start();
        LOG.info("The configuration server listens on port {}.", port.port());
        return new ConfigurationServer(conductor, port, upkeep);
    }

    private static Database database(Path folder, InstantSource clock, Threads threads) throws IOException {
        Path file = folder.resolve("configuration.db");
        if (!Files.exists(file)) {
            SecretFile.write(file, new byte[0]);
        }
        return Database.open(file, clock, new Topics(threads));
    }

    /// The HTTPS port.
    public int httpsPort() {
        return port.port();
    }

    @Override
    public void close() {
        conductor.stop();
        port.close();
        upkeep.stop();
        conductor.close();
    }
}

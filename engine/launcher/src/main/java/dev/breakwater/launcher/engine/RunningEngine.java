package dev.breakwater.launcher.engine;

import dev.breakwater.configurationserver.ConfigurationServer;
import dev.breakwater.configurationserver.Settings;
import dev.breakwater.configurationserver.VaultSecret;
import dev.breakwater.configurationserver.port.Ports;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.ProcessServerClient;
import dev.breakwater.control.registration.CertificateRenewer;
import dev.breakwater.control.registration.RegistrationClient;
import dev.breakwater.control.registration.RegistrationProof;
import dev.breakwater.control.registration.SecretKind;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.Threads;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.platform.log.ProgramLog;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.processserver.ProcessServer;
import dev.breakwater.processserver.ProcessServerSettings;
import dev.breakwater.processserver.RemoteControlPlane;
import dev.breakwater.processserver.StoredMachineVaults;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An engine that runs. Started in this order, stopped in the opposite one: vault, recovery, configuration server,
/// process server.
final class RunningEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningEngine.class);

    private final EnginePlan plan;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable EngineAddress configurationServer;

    private RunningEngine(EnginePlan plan) {
        this.plan = plan;
    }

    /// Starts the engine.
    ///
    /// @param log gets a file in the engine's folder, once the folder is this engine's
    static RunningEngine start(EnginePlan plan, ProgramLog log) throws Exception {
        RunningEngine engine = new RunningEngine(plan);
        try {
            engine.start(log);
            return engine;
        } catch (Exception e) {
            engine.close();
            throw e;
        }
    }

    private void start(ProgramLog log) throws Exception {
        Files.createDirectories(plan.data());
        lock();
        EngineFolder folder = new EngineFolder(plan.data());
        SecretFile.createFolder(folder.logs());
        log.toFile(folder.log(), EngineFolder.OLDER_LOGS);
        EngineVault vault = keep(EngineVault.open(plan));
        byte[] secret = vault.vault().key().registrationSecret(vault.vault().id());
        if (plan.roles().contains(EngineRole.CONFIGURATION_SERVER)) {
            configurationServer = startConfigurationServer(vault, secret);
        } else {
            configurationServer = plan.server();
        }
        if (plan.roles().contains(EngineRole.PROCESS_SERVER) && configurationServer != null) {
            startProcessServer(configurationServer, secret);
        }
    }

    /// Two engines on one folder would undo each other's work.
    private void lock() throws IOException {
        FileChannel channel = keep(
                FileChannel.open(plan.data().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("Locked by this process.", e);
        }
        throw new IOException(
                "Another engine runs on " + plan.data() + ", so this one was not started. Stop it first.");
    }

    private EngineAddress startConfigurationServer(EngineVault vault, byte[] secret) throws Exception {
        VaultPorts ports = keep(new VaultPorts(vault.vault()));
        keep(VaultCaretaker.start(vault.vault(), InstantSource.system(), Threads.system()));
        LocalRecovery recovery = keep(LocalRecovery.open(plan.data(), vault.vault()));
        ConfigurationServer server = keep(ConfigurationServer.start(
                new Settings(
                        plan.data(),
                        plan.httpsPort(),
                        plan.hosts(),
                        new VaultSecret(secret),
                        version(),
                        plan.certificateLife()),
                new Ports(
                        new Assignments.VaultAccess(vault.vault().id(), vault.location(), vault.credentialText()),
                        ports,
                        ports,
                        ports,
                        ports,
                        recovery),
                InstantSource.system(),
                Entropy.system()));
        EngineAddress address = new EngineAddress("127.0.0.1", server.httpsPort());
        EngineAccess.publish(plan.data(), address);
        LOG.info("The configuration server listens on port {}.", server.httpsPort());
        return address;
    }

    private void startProcessServer(EngineAddress server, byte[] secret) throws Exception {
        Path folder = Files.createDirectories(plan.data().resolve("process-server"));
        LiveIdentity identity = new LiveIdentity(identity(folder, server, secret));
        ProcessServerClient client = new ProcessServerClient(server, identity);
        ProcessServer running = keep(ProcessServer.start(
                ProcessServerSettings.usual(
                        version(),
                        identity,
                        new InetSocketAddress(plan.replicationPort()),
                        plan.hosts(),
                        folder.resolve("cache")),
                new RemoteControlPlane(client),
                access -> StoredMachineVaults.open(access, Entropy.system(), InstantSource.system()),
                System::nanoTime,
                InstantSource.system()));
        keep(new CertificateWatch(new CertificateRenewer(identity, folder, client::renew, InstantSource.system())));
        EngineAccess.publishReplicationPort(plan.data(), running.address().getPort());
        LOG.info(
                "The process server {} listens on port {}.",
                plan.name(),
                running.address().getPort());
    }

    /// The certificate of this engine's process server: kept from an earlier run, or fetched by proving that
    /// the vault's key is known.
    private TlsIdentity identity(Path folder, EngineAddress server, byte[] secret)
            throws IOException, InterruptedException {
        return new RegistrationClient(server, SecretKind.VAULT, RegistrationProof.by(secret), Entropy.system())
                .keptOrRegistered(folder, PeerRole.PROCESS_SERVER, plan.name(), Instant.now());
    }

    private static String version() {
        String version = RunningEngine.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }

    /// One line for the person who started it.
    String greeting() {
        return "Breakwater's engine runs: "
                + String.join(
                        ", ",
                        plan.roles().stream().map(EngineRole::word).sorted().toList())
                + (configurationServer == null ? "" : "; configuration server at " + configurationServer) + ".";
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("A part of the engine did not stop in order: {}", e.getMessage());
            }
        }
    }
}

package dev.breakwater.launcher.rig;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.launcher.process.Program;
import dev.breakwater.launcher.process.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An engine with all its roles and a mobility service, each a process of its own, that speak over mutual TLS on this
/// computer. Everything they keep lies in one folder.
public final class Rig implements AutoCloseable {

    /// The slowest start: a first one on a busy computer, with a certificate authority to be drawn.
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(200);

    private final Path folder;
    private final VaultPlace vault;
    private final Path recoveryKey;
    private final int httpsPort;
    private final int replicationPort;
    private @Nullable RunningProgram engine;
    private @Nullable MobilityService agent;
    private @Nullable AdminClient admin;

    /// A rig of which nothing runs yet.
    ///
    /// @param folder where engine and mobility service keep what they have
    /// @param vault a vault that exists
    /// @param recoveryKey file with its key
    public Rig(Path folder, VaultPlace vault, Path recoveryKey) throws IOException {
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        this.vault = vault;
        this.recoveryKey = recoveryKey;
        this.httpsPort = Ports.free();
        this.replicationPort = Ports.free();
    }

    /// Starts the engine and waits until it answers.
    public void startEngine() throws IOException, InterruptedException {
        RunningProgram started = Program.ENGINE.start(
                folder.resolve("engine.log"),
                vault.environment(),
                List.of(
                        "engine",
                        "run",
                        "--data",
                        engineData().toString(),
                        "--vault",
                        vault.location(),
                        "--recovery-key-file",
                        recoveryKey.toString(),
                        "--https-port",
                        Integer.toString(httpsPort),
                        "--replication-port",
                        Integer.toString(replicationPort)));
        engine = started;
        admin = awaitEngine(started);
    }

    private AdminClient awaitEngine(RunningProgram started) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (true) {
            started.requireAlive();
            AdminClient client = null;
            try {
                client = EngineAccess.connect(engineData(), address());
                if (client.status().processServers() > 0) {
                    return client;
                }
                client.close();
            } catch (IOException e) {
                if (client != null) {
                    client.close();
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException(
                            "The engine did not answer within " + START_PATIENCE.toSeconds() + " s; see "
                                    + folder.resolve("engine.log") + ".",
                            e);
                }
            }
            Thread.sleep(POLL);
        }
    }

    /// Registers a machine and starts its mobility service.
    public void startAgent(String machine) throws IOException, InterruptedException {
        agent = MobilityService.start(folder, admin(), address(), machine, List.of());
    }

    /// Waits for a job, and fails as it fails.
    ///
    /// @param onChange sees the job whenever it has moved
    public JobView await(JobView ordered, Duration atMost, Consumer<JobView> onChange)
            throws IOException, InterruptedException {
        JobView ended;
        try {
            ended = admin().await(ordered.id(), atMost, job -> {
                requireAlive();
                onChange.accept(job);
            });
        } catch (TimeoutException e) {
            throw new IOException(
                    ordered.kind() + " took longer than " + atMost.toSeconds() + " s. Logs are in " + folder + ".", e);
        }
        if (ended.state() == JobView.State.FAILED) {
            throw new IOException(ended.kind() + " failed: "
                    + (ended.error() == null ? "no reason given" : ended.error().text()) + " Logs are in " + folder
                    + ".");
        }
        return ended;
    }

    private void requireAlive() {
        try {
            if (engine != null) {
                engine.requireAlive();
            }
            if (agent != null) {
                agent.program().requireAlive();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// The engine as an administrator asks it.
    public AdminClient admin() {
        if (admin == null) {
            throw new IllegalStateException("the engine was not started");
        }
        return admin;
    }

    /// Processor time that the engine took so far, seconds.
    public double engineCpuSeconds() {
        return engine == null ? 0 : cpuSeconds(engine);
    }

    /// Processor time that the mobility service took so far, seconds.
    public double agentCpuSeconds() {
        return agent == null ? 0 : cpuSeconds(agent.program());
    }

    /// The most memory that the engine had resident, MiB; not a number if this system does not tell.
    public double enginePeakMiB() throws IOException {
        return engine == null ? Double.NaN : engine.peakMiB();
    }

    /// The most memory that the mobility service had resident, MiB; not a number if this system does not tell.
    public double agentPeakMiB() throws IOException {
        return agent == null ? Double.NaN : agent.program().peakMiB();
    }

    private static double cpuSeconds(RunningProgram program) {
        return program.handle().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    /// The engine's folder.
    public Path engineData() {
        return folder.resolve("engine");
    }

    /// Where the engine answers.
    public EngineAddress address() {
        return new EngineAddress("127.0.0.1", httpsPort);
    }

    /// Stops the mobility service.
    public void stopAgent() {
        if (agent != null) {
            agent.stop();
        }
    }

    /// Stops the engine.
    public void stopEngine() {
        if (admin != null) {
            admin.close();
            admin = null;
        }
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }

    /// Stops everything, and takes the mobility service's tracking out of the kernel and out of memory: a stop alone
    /// leaves it to a successor, and none will come.
    ///
    /// @throws IOException if something of it stays
    @Override
    public void close() throws IOException {
        stopAgent();
        stopEngine();
        if (agent != null) {
            agent.close();
            agent = null;
        }
    }
}

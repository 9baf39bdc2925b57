package dev.breakwater.launcher.engine;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.launcher.terminal.Times;
import dev.breakwater.platform.log.ProgramLog;
import dev.breakwater.platform.stop.StopSignals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs an engine until it is stopped.
@Command(
        name = "run",
        description =
                "Runs the engine until Ctrl-C or SIGTERM, then finishes what is on its way; a second signal ends it at"
                        + " once. Vault and recovery key are needed at the first start only, the recovery key also at"
                        + " the first after it was rotated: the engine keeps the vault's key in its key store, not the"
                        + " recovery key.")
final class RunEngine implements Callable<Integer> {

    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(10);

    /// What is stolen must become worthless by itself within a season.
    private static final Duration LONGEST_LIFE = Duration.ofDays(90);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:BREAKWATER_DATA:-/var/lib/breakwater/engine}",
            description = "Folder of the engine; ${DEFAULT-VALUE} if not given.")
    private Path data = Path.of("");

    @Option(
            names = "--vault",
            paramLabel = "LOCATION",
            description = "At the first start: a folder, or azure://ACCOUNT/CONTAINER (credentials come from"
                    + " AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_SAS_TOKEN).")
    private @Nullable String vault;

    @Option(
            names = "--recovery-key-file",
            paramLabel = "FILE",
            description = "At the first start, and the first after `vault rotate-key`: file with the vault's recovery"
                    + " key.")
    private @Nullable Path recoveryKeyFile;

    @Option(
            names = "--roles",
            defaultValue = "configuration-server,process-server",
            paramLabel = "ROLES",
            description = "What it does, separated by commas; ${DEFAULT-VALUE} if not given.")
    private String roles = "";

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "The configuration server, if this engine is none.")
    private @Nullable String server;

    @Option(
            names = "--https-port",
            defaultValue = "443",
            paramLabel = "N",
            description = "Port of the configuration server; ${DEFAULT-VALUE} if not given.")
    private int httpsPort;

    @Option(
            names = "--replication-port",
            defaultValue = "9443",
            paramLabel = "N",
            description = "Port at which machines send their data; ${DEFAULT-VALUE} if not given.")
    private int replicationPort;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "Name or address at which machines reach this computer; may be given several times. Its own"
                    + " names and addresses if not given.")
    private List<String> hosts = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the process server; the computer's name if not given.")
    private @Nullable String name;

    @Option(
            names = "--certificate-life",
            defaultValue = "30d",
            paramLabel = "T",
            description = "How long certificates live that the configuration server issues, 10s to 90d; programs renew"
                    + " theirs when a third is left. ${DEFAULT-VALUE} if not given.")
    private String certificateLife = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        EnginePlan plan = plan();
        StopSignals stop = StopSignals.listen(StopSignals.USUAL_LIMIT);
        try (ProgramLog log = ProgramLog.ofService(ProgramLog.Waiting.FOR_THE_DISK, Map.of())
                        .toStandardError();
                RunningEngine engine = RunningEngine.start(plan, log)) {
            spec.commandLine().getOut().println(engine.greeting());
            spec.commandLine().getOut().flush();
            stop.await();
        }
        return 0;
    }

    private EnginePlan plan() throws IOException {
        try {
            Set<EngineRole> chosen = EngineRole.parse(roles);
            EngineAddress away = server == null ? null : EngineAddress.parse(server);
            if (chosen.contains(EngineRole.CONFIGURATION_SERVER) != (away == null)) {
                throw new IllegalArgumentException(
                        "--server names another engine's configuration server: give it if and"
                                + " only if --roles leaves configuration-server out.");
            }
            return new EnginePlan(
                    data.toAbsolutePath().normalize(),
                    vault,
                    recoveryKeyFile,
                    chosen,
                    away,
                    httpsPort,
                    replicationPort,
                    hosts.isEmpty() ? LocalNames.all() : hosts,
                    name == null ? LocalNames.hostName() : name,
                    life());
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Duration life() {
        Duration life = Times.parse(certificateLife);
        if (life.compareTo(SHORTEST_LIFE) < 0 || life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("A certificate lives from 10 s to 90 d, not " + certificateLife + ".");
        }
        return life;
    }
}

package dev.breakwater.mobility.command;

import dev.breakwater.mobility.discovery.LinuxDisks;
import dev.breakwater.mobility.service.AgentService;
import dev.breakwater.mobility.service.LocalCaptures;
import dev.breakwater.mobility.service.LocalMachine;
import dev.breakwater.platform.Entropy;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = "Runs the mobility service until it is told to stop (SIGTERM, SIGINT).",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private static final int USUAL_QUOTA_MIB = 8192;

    /// Leaves a fast disk a good part of itself, and a slow one does not reach it. Digesting takes less than a
    /// processor
    /// at that rate.
    private static final int USUAL_RESYNC_MIB = 1024;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--spool-quota-mib",
            paramLabel = "N",
            defaultValue = "" + USUAL_QUOTA_MIB,
            description = "The most that is kept on this machine while no process server takes it. Past it only the"
                    + " changed ranges are kept. Default: ${DEFAULT-VALUE}")
    private long spoolQuotaMib;

    @Option(
            names = "--resync-mib-per-second",
            paramLabel = "N",
            defaultValue = "" + USUAL_RESYNC_MIB,
            description = "The most that is read of the disks each second while they are compared with the vault, so"
                    + " that the machine's own work keeps them. Default: ${DEFAULT-VALUE}")
    private long resyncMibPerSecond;

    @Option(
            names = "--background",
            description = "Log to agent.log in the data folder instead of the standard error output.")
    private boolean background;

    @Override
    public Integer call() throws Exception {
        var folder = data.folder();
        var registration = folder.requireRegistration();
        var logging = background ? Logging.toFile(folder.log()) : Logging.toStandardError();
        var log = LoggerFactory.getLogger(RunCommand.class);
        var version = String.valueOf(RunCommand.class.getPackage().getImplementationVersion());
        var service = AgentService.start(new AgentService.Settings(
                folder,
                new LocalMachine(new LinuxDisks(), version),
                new LocalCaptures(registration.machine()),
                spoolQuotaMib << 20,
                resyncMibPerSecond << 20,
                Entropy.system(),
                InstantSource.system(),
                System::nanoTime));
        var stopped = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (stop(service, stopped, log)) {
                                logging.close();
                                // A stop that was asked for is a success; the exit code of the signal would say
                                // otherwise.
                                Runtime.getRuntime().halt(0);
                            }
                        },
                        "stop"));
        service.await();
        boolean first = stop(service, stopped, log);
        logging.close();
        return first ? 1 : 0;
    }

    private static boolean stop(AgentService service, AtomicBoolean stopped, Logger log) {
        if (!stopped.compareAndSet(false, true)) {
            return false;
        }
        try {
            service.close();
        } catch (IOException e) {
            log.warn("Stopping was not orderly; the next start resumes all the same.", e);
        }
        return true;
    }
}

package dev.breakwater.mobility.command;

import dev.breakwater.mobility.discovery.LinuxDisks;
import dev.breakwater.mobility.service.AgentService;
import dev.breakwater.mobility.service.LocalCaptures;
import dev.breakwater.mobility.service.LocalMachine;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.log.LogContext;
import dev.breakwater.platform.log.ProgramLog;
import dev.breakwater.platform.stop.StopSignals;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = "Runs the mobility service until it is told to stop (SIGTERM, SIGINT); the second time it ends at"
                + " once. File systems thaw either way, and tracking goes on in the kernel.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private static final int USUAL_QUOTA_MIB = 8192;

    /// Full log files beside the newest: 40 MiB in all on a machine that has other things to keep.
    private static final int OLDER_LOGS = 3;

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
            description = "The most that is read of the disks each second while they are compared with the vault, so"
                    + " that the machine's own work keeps them. Unbounded if not given.")
    private @Nullable Long resyncMibPerSecond;

    @Option(
            names = "--offer",
            paramLabel = "DEVICE",
            split = ",",
            description =
                    "Only these disks may be chosen for protection, the one that the machine starts from first. All if not"
                            + " given.")
    private List<String> offered = List.of();

    @Option(
            names = "--background",
            description = "Log only to agent.log in the data folder, not to the standard error output too.")
    private boolean background;

    @Override
    public Integer call() throws Exception {
        var stop = StopSignals.listen(StopSignals.USUAL_LIMIT);
        var folder = data.folder();
        var registration = folder.requireRegistration();
        var logging = ProgramLog.ofService(
                        ProgramLog.Waiting.NEVER,
                        Map.of(
                                LogContext.MACHINE,
                                registration.machine().toString(),
                                LogContext.MACHINE_NAME,
                                registration.name()))
                .toFile(folder.log(), OLDER_LOGS);
        if (!background) {
            logging.toStandardError();
        }
        var log = LoggerFactory.getLogger(RunCommand.class);
        var version = String.valueOf(RunCommand.class.getPackage().getImplementationVersion());
        var service = AgentService.start(new AgentService.Settings(
                folder,
                new LocalMachine(new LinuxDisks(), version, offered),
                new LocalCaptures(registration.machine()),
                spoolQuotaMib << 20,
                resyncMibPerSecond == null ? OptionalLong.empty() : OptionalLong.of(resyncMibPerSecond << 20),
                Entropy.system(),
                InstantSource.system(),
                System::nanoTime));
        var asked = new AtomicBoolean();
        // Ends with the process, whichever comes first.
        Thread.ofPlatform().daemon().name("stop").start(() -> {
            try {
                stop.await();
                asked.set(true);
                stop(service, log);
            } catch (InterruptedException e) {
                log.debug("Nobody asked for a stop.");
            }
        });
        service.await();
        boolean failed = !asked.get();
        if (failed) {
            stop(service, log);
        }
        logging.close();
        return failed ? 1 : 0;
    }

    private static void stop(AgentService service, Logger log) {
        try {
            service.close();
        } catch (IOException e) {
            log.warn("Stopping was not orderly; the next start resumes all the same.", e);
        }
    }
}

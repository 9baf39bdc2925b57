package dev.breakwater.launcher.demo;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.launcher.process.Interruption;
import dev.breakwater.launcher.rig.MobilityService;
import dev.breakwater.launcher.terminal.EngineLocation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs a practice machine for an engine that is there already.
@Command(
        name = "practice",
        description =
                "Runs a practice machine on this computer, as root: a small Linux on a loop device that is written"
                        + " to all the time. It registers with the engine, and can be protected, tested and recovered like any"
                        + " machine. It goes on until it is interrupted (Ctrl+C), and leaves nothing but its recovery points.")
public final class PracticeCommand implements Callable<Integer> {

    private static final String NAME = "practice";

    /// Whether the mobility service still runs is looked at so often.
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Mixin
    private EngineLocation location = new EngineLocation();

    @Mixin
    private PracticeOptions machine = new PracticeOptions();

    /// For picocli.
    public PracticeCommand() {}

    @Override
    public Integer call() throws Exception {
        try (var _ = new Interruption();
                AdminClient engine = location.connect();
                DemoFolder folder = DemoFolder.make(null)) {
            run(engine, location.address(), folder);
            return 0;
        }
    }

    private void run(AdminClient engine, EngineAddress address, DemoFolder folder) throws Exception {
        String name = freeName(engine);
        try (LoopSource source = folder.liveSource(machine.sizeBytes(), machine.content());
                MobilityService service = MobilityService.start(
                        folder.path(""), engine, address, name, List.of("--offer", source.disk()))) {
            source.startWorkload();
            System.out.println("The practice machine " + name + " has registered. Its disk is " + source.disk()
                    + ". It runs until you end this command (Ctrl+C).");
            awaitInterruption(service);
            service.unregister();
        }
        System.out.println("The practice machine " + name + " is gone. Its recovery points stay.");
    }

    private static void awaitInterruption(MobilityService service) throws IOException {
        try {
            while (true) {
                service.program().requireAlive();
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            // The end that everybody waits for; what follows is the clean-up, which nothing shall interrupt.
        }
    }

    /// Machines of runs that were killed may still be known.
    private static String freeName(AdminClient engine) throws IOException, InterruptedException {
        Set<String> taken = engine.machines().stream().map(MachineView::name).collect(Collectors.toSet());
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> number == 1 ? NAME : NAME + "-" + number)
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }
}

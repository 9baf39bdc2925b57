package dev.breakwater.launcher.bench;

import dev.breakwater.control.ControlException;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.launcher.bench.SimulatedMachine.Pace;
import dev.breakwater.launcher.bench.SimulatedMachine.Temper;
import dev.breakwater.launcher.rig.Rig;
import dev.breakwater.launcher.rig.VaultPlace;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.vault.OpenVault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One process server with many machines.
@Command(
        name = "machines",
        description =
                "Lets many simulated machines (real registration, protocol and TLS, no disks) replicate to one engine"
                        + " on this computer, some slow and some cut off again and again; then a burst, then a restart of"
                        + " the engine.")
final class MachinesBench implements Callable<Integer> {

    private static final double MEMORY_MIB = 1536;
    private static final double LAG_SECONDS = 60;
    private static final double STORM_SECONDS = 60;

    /// One machine in twenty has a bad line, and one in twenty loses it.
    private static final int ONE_IN = 20;

    private static final double BURST = 150 / 24.0;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Option(names = "--machines", defaultValue = "200", description = "How many; ${DEFAULT-VALUE} if not given.")
    private int count = 200;

    @Option(
            names = "--mb",
            defaultValue = "24",
            description = "Changes of all machines together, MB/s; ${DEFAULT-VALUE} if not given.")
    private int megabytes = 24;

    @Option(
            names = "--point-seconds",
            defaultValue = "30",
            description = "Between two points of a machine; ${DEFAULT-VALUE} if not given.")
    private long pointSeconds = 30;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "How long each phase lasts; ${DEFAULT-VALUE} if not given.")
    private long seconds = 60;

    @Mixin
    private final Workbench workbench = new Workbench();

    /// Time, and what all machines are to do at the moment.
    static final class Clock {
        private volatile Pace pace;

        Clock(Pace pace) {
            this.pace = pace;
        }

        long nanos() {
            return System.nanoTime();
        }

        Pace pace() {
            return pace;
        }
    }

    @Override
    public Integer call() throws Exception {
        MachinesFigures figures = workbench.measure(this::measure);
        System.out.println(Json.of(figures));
        return 0;
    }

    private MachinesFigures measure(Path folder) throws Exception {
        Path key = folder.resolve("recovery.key");
        VaultPlace place = VaultPlace.folder(folder.resolve("vault"));
        OpenVault.writeRecoveryKey(
                key, OpenVault.create(place.location(), place.environment()).recoveryKey());
        Clock clock = new Clock(pace(1));
        List<SimulatedMachine> machines = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try (Rig rig = new Rig(folder.resolve("run"), place, key)) {
            rig.startEngine();
            enrol(rig, clock, machines);
            for (SimulatedMachine machine : machines) {
                threads.add(Thread.ofVirtual().start(machine::run));
            }
            awaitConnected(machines);
            MachinesFigures.Phase steady = phase(machines, 1);
            clock.pace = pace(BURST);
            MachinesFigures.Phase burst = phase(machines, BURST);
            clock.pace = pace(1);
            double peak = rig.enginePeakMiB();
            double cpu = rig.engineCpuSeconds();
            rig.stopEngine();
            long begun = System.nanoTime();
            rig.startEngine();
            long back = awaitConnected(machines);
            MachinesFigures.Storm storm =
                    new MachinesFigures.Storm(back, (System.nanoTime() - begun) / 1e9, STORM_SECONDS);
            long odd = Math.ceilDiv(count, ONE_IN);
            return new MachinesFigures(
                    count,
                    (int) odd,
                    (int) odd,
                    pointSeconds,
                    steady,
                    burst,
                    storm,
                    Math.max(peak, rig.enginePeakMiB()),
                    MEMORY_MIB,
                    cpu);
        } finally {
            machines.forEach(SimulatedMachine::close);
            threads.forEach(Thread::interrupt);
        }
    }

    private Pace pace(double times) {
        return new Pace((long) (megabytes * 1e6 * times / count), Duration.ofSeconds(pointSeconds));
    }

    private void enrol(Rig rig, Clock clock, List<SimulatedMachine> machines) throws Exception {
        EngineAddress engine = rig.address();
        String passphrase = rig.admin().passphrase();
        for (int i = 0; i < count; i++) {
            Temper temper = switch (i % ONE_IN) {
                case 0 -> Temper.SLOW;
                case 1 -> Temper.CUT_OFF;
                default -> Temper.HEALTHY;
            };
            SimulatedMachine machine = register(i, temper, engine, passphrase, clock);
            machines.add(machine);
            machine.protect(rig.admin());
        }
    }

    /// Registers a machine; the server bounds how many may come from one computer in a while.
    private static SimulatedMachine register(
            int number, Temper temper, EngineAddress engine, String passphrase, Clock clock)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return SimulatedMachine.register(number, temper, engine, passphrase, clock);
            } catch (ControlException e) {
                if (!e.retryHelps() || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.sleep(RETRY);
            }
        }
    }

    /// @return how many are connected; those that are cut off may be away at the moment
    private static long awaitConnected(List<SimulatedMachine> machines) throws IOException, InterruptedException {
        long wanted = machines.stream()
                .filter(machine -> machine.temper() != Temper.CUT_OFF)
                .count();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long connected = machines.stream()
                    .filter(machine -> machine.temper() != Temper.CUT_OFF)
                    .filter(SimulatedMachine::connected)
                    .count();
            if (connected == wanted) {
                return machines.stream().filter(SimulatedMachine::connected).count();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        connected + " of " + wanted + " machines were connected after " + PATIENCE.toSeconds() + " s.");
            }
            Thread.sleep(POLL);
        }
    }

    private MachinesFigures.Phase phase(List<SimulatedMachine> machines, double times) throws InterruptedException {
        machines.forEach(SimulatedMachine::takeWorstLag);
        long[] durable = machines.stream()
                .mapToLong(SimulatedMachine::durableGenerations)
                .toArray();
        long sent = machines.stream().mapToLong(SimulatedMachine::sentBytes).sum();
        long begun = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(seconds));
        double took = (System.nanoTime() - begun) / 1e9;
        double taken = (machines.stream().mapToLong(SimulatedMachine::sentBytes).sum() - sent) / 1e6 / took;
        double worst = 0;
        long starved = 0;
        for (int i = 0; i < machines.size(); i++) {
            SimulatedMachine machine = machines.get(i);
            if (machine.temper() == Temper.HEALTHY) {
                worst = Math.max(worst, machine.takeWorstLag() / 1e9);
                starved += machine.durableGenerations() == durable[i] ? 1 : 0;
            }
        }
        long notSlow = machines.stream()
                .filter(machine -> machine.temper() != Temper.SLOW)
                .count();
        return new MachinesFigures.Phase(took, megabytes * times * notSlow / count, taken, worst, LAG_SECONDS, starved);
    }
}

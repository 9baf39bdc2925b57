package dev.breakwater.launcher.bench;

import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.launcher.process.Tool;
import dev.breakwater.launcher.rig.Rig;
import dev.breakwater.launcher.rig.VaultPlace;
import dev.breakwater.launcher.terminal.Table;
import dev.breakwater.launcher.vault.OpenVault;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// An application that keeps writing, with and without protection, in turns.
@Command(
        name = "delta",
        description = "Lets fio write 4 KiB at random places at 20 MB/s on an ext4 disk, in turns without and with"
                + " protection (a recovery point every 5 s), and measures what protection costs and how old the newest"
                + " point gets. Needs root and fio. Ends with 1 if a figure is past its ceiling.")
final class DeltaBench implements Callable<Integer> {

    private static final String MACHINE = "bench";
    private static final String POLICY = "often";
    private static final int RATE_MB = 20;
    private static final int DATA_MIB = 512;
    private static final long DISK_BYTES = 1L << 30;
    private static final Duration POINT_EVERY = Duration.ofSeconds(5);
    private static final Duration SAMPLE_EVERY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Option(names = "--turns", defaultValue = "2", description = "Turns of each kind; ${DEFAULT-VALUE} if not given.")
    private int turns;

    @Option(names = "--seconds", defaultValue = "40", description = "Length of a turn; ${DEFAULT-VALUE} if not given.")
    private int seconds;

    @Mixin
    private final Workbench workbench = new Workbench();

    private final List<Application> unprotected = new ArrayList<>();
    private final List<Application> protectedBy = new ArrayList<>();
    private final List<RecoveryPoint> points = new ArrayList<>();
    private final List<Double> ages = new ArrayList<>();
    private volatile @Nullable IOException samplingFailed;
    private double agentSeconds;
    private double wallSeconds;

    @Override
    public Integer call() throws Exception {
        if (!"root".equals(System.getProperty("user.name")) || !Tool.exists("fio") || !Tool.exists("losetup")) {
            throw new IOException("Measuring a live disk needs root, fio and losetup, so nothing was measured.");
        }
        DeltaFigures figures = workbench.measure(this::measure);
        print(figures, new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        return figures.reached() ? 0 : 1;
    }

    private DeltaFigures measure(Path folder) throws Exception {
        Path key = folder.resolve("recovery.key");
        VaultPlace place = VaultPlace.folder(folder.resolve("vault"));
        OpenVault.writeRecoveryKey(
                key, OpenVault.create(place.location(), place.environment()).recoveryKey());
        try (LoadedDisk disk = LoadedDisk.create(folder, DISK_BYTES);
                Rig rig = new Rig(folder.resolve("run"), place, key)) {
            rig.startEngine();
            rig.startAgent(MACHINE);
            rig.admin()
                    .createPolicy(new ReplicationPolicy(
                            POLICY, Duration.ofMinutes(15), Duration.ofHours(24), POINT_EVERY, Duration.ZERO));
            // Lays the file out and warms what is compiled at first use; not counted.
            Application.run(disk.mountPoint(), DATA_MIB, 10 * RATE_MB, Duration.ofSeconds(5));
            for (int turn = 0; turn < turns; turn++) {
                unprotected.add(application(disk));
                protect(rig, disk);
                protectedBy.add(underProtection(rig, disk));
                rig.await(rig.admin().unprotect(MACHINE), PATIENCE, _ -> {});
            }
        }
        return figures();
    }

    private Application application(LoadedDisk disk) throws IOException {
        return Application.run(disk.mountPoint(), DATA_MIB, RATE_MB, Duration.ofSeconds(seconds));
    }

    private static void protect(Rig rig, LoadedDisk disk) throws Exception {
        rig.await(
                rig.admin().protect(MACHINE, new ProtectRequest(List.of(disk.device()), POLICY, null)),
                PATIENCE,
                _ -> {});
    }

    private Application underProtection(Rig rig, LoadedDisk disk) throws Exception {
        Instant from = Instant.now();
        double cpu = rig.agentCpuSeconds();
        AtomicBoolean over = new AtomicBoolean();
        Thread sampler = Thread.ofPlatform().daemon().name("age-of-points").start(() -> sample(rig, over));
        Application application = application(disk);
        over.set(true);
        sampler.join();
        if (samplingFailed != null) {
            throw samplingFailed;
        }
        agentSeconds += rig.agentCpuSeconds() - cpu;
        wallSeconds += Duration.between(from, Instant.now()).toMillis() / 1000.0;
        rig.admin().points(MACHINE).stream()
                .filter(point -> point.time().isAfter(from))
                .forEach(points::add);
        return application;
    }

    private void sample(Rig rig, AtomicBoolean over) {
        try {
            while (!over.get()) {
                Instant newest = rig.admin().machine(MACHINE).newestPointTime();
                if (newest != null) {
                    ages.add(Duration.between(newest, Instant.now()).toMillis() / 1000.0);
                }
                Thread.sleep(SAMPLE_EVERY);
            }
        } catch (IOException e) {
            samplingFailed = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DeltaFigures figures() throws IOException {
        if (points.isEmpty() || ages.isEmpty()) {
            throw new IOException(
                    "No recovery point was taken while the application ran, so there is nothing to tell.");
        }
        double alone = mean(unprotected);
        double beside = mean(protectedBy);
        List<DeltaFigures.Figure> figures = List.of(
                DeltaFigures.Figure.atMost("freeze, median, ms", quantile(RecoveryPoint::freezeMillis, 0.5), 60),
                DeltaFigures.Figure.atMost("stall, p99, ms", quantile(RecoveryPoint::stallMillis, 0.99), 250),
                DeltaFigures.Figure.atMost("age of the newest point, p95, s", quantile(ages, 0.95), 10),
                DeltaFigures.Figure.atMost("mobility service, % of a processor", 100 * agentSeconds / wallSeconds, 20),
                DeltaFigures.Figure.atLeast("application, % of its unprotected rate", 100 * beside / alone, 95));
        return new DeltaFigures(
                "ext4 of " + (DISK_BYTES >> 20) + " MiB on a loop device, " + RATE_MB + " MB/s of 4 KiB writes",
                unprotected,
                protectedBy,
                points.size(),
                figures,
                figures.stream().allMatch(DeltaFigures.Figure::kept),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString());
    }

    private static double mean(List<Application> turns) {
        return turns.stream().mapToDouble(Application::mbPerSecond).average().orElseThrow();
    }

    private double quantile(ToLongFunction<RecoveryPoint> of, double share) {
        return quantile(
                points.stream().map(point -> (double) of.applyAsLong(point)).toList(), share);
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static void print(DeltaFigures figures, PrintWriter out) {
        out.println(figures.disk() + ", " + figures.points() + " recovery points");
        Table table = new Table("FIGURE", "OURS", "BOUND", "RATIO", "KEPT");
        for (DeltaFigures.Figure figure : figures.figures()) {
            table.row(
                    figure.name(),
                    "%.1f".formatted(figure.ours()),
                    (figure.least() ? "at least %.0f" : "at most %.0f").formatted(figure.bound()),
                    String.format(Locale.ROOT, "%.2f", figure.ratio()),
                    figure.kept() ? "yes" : "no");
        }
        table.print(out);
        figures.unprotected().forEach(turn -> print("alone", turn, out));
        figures.protectedBy().forEach(turn -> print("protected", turn, out));
    }

    private static void print(String kind, Application turn, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-10s %.2f MB/s, p99 %.1f ms, longest write %.1f ms%n",
                kind,
                turn.mbPerSecond(),
                turn.p99Millis(),
                turn.longestMillis());
    }
}

package dev.breakwater.launcher.demo;

import dev.breakwater.control.admin.CleanUpRequest;
import dev.breakwater.control.admin.JobResult;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.control.admin.TestFailoverResult;
import dev.breakwater.launcher.rig.Rig;
import dev.breakwater.launcher.rig.VaultPlace;
import dev.breakwater.launcher.terminal.ProgressBar;
import dev.breakwater.launcher.terminal.Sizes;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The demonstration from beginning to end. Each chapter is a method; [#run] has their order.
final class Demo {

    private static final String MACHINE = "practice";
    private static final String PROBE = "8080:/content.txt";

    /// Recovery points of which a copy of the source is kept; the one in the middle is recovered.
    private static final int POINTS = 3;

    private static final int MIDDLE = 1;

    /// So long the load writes between two points.
    private static final Duration BETWEEN_POINTS = Duration.ofSeconds(3);

    /// The longest that any job of the demonstration takes: the first copy of a large disk on a slow computer.
    private static final Duration PATIENCE = Duration.ofHours(2);

    /// An emulated machine on a busy computer boots within a minute.
    private static final int BOOT_SECONDS = 300;

    /// A copy of the source is read at disk speed while the file systems stand still.
    private static final int COPY_SECONDS = 600;

    private static final ReplicationPolicy POLICY = new ReplicationPolicy(
            "demonstration", Duration.ofMinutes(15), Duration.ofDays(1), Duration.ofSeconds(15), Duration.ZERO);

    private final DemoOptions options;
    private final Narrator narrator;

    Demo(DemoOptions options, Narrator narrator) {
        this.options = options;
        this.narrator = narrator;
    }

    /// What one point promised, and the copy that proves it.
    record Copied(RecoveryPoint point, Path copy) {}

    DemoSummary run() throws Exception {
        try (DemoFolder folder = DemoFolder.make(options.keep());
                VaultPlace place = options.azurite()
                        ? VaultPlace.azurite(folder.path("azurite"))
                        : VaultPlace.folder(folder.path("vault"))) {
            Path key = folder.path("recovery.key");
            narrator.chapter("A vault and a practice machine");
            DemoVault.create(place, key);
            narrator.fact("Vault at %s; its recovery key is in %s.", place.location(), key);
            try (PracticeSource source = folder.source(options.sizeBytes(), options.content())) {
                narrator.fact("Practice machine: %s, %s.", Sizes.format(source.sizeBytes()), source.description());
                return run(folder, place, key, source);
            }
        }
    }

    private DemoSummary run(DemoFolder folder, VaultPlace place, Path key, PracticeSource source) throws Exception {
        JobResult.InitialReplication initial;
        List<RecoveryPoint> ordered = new ArrayList<>();
        List<Copied> copies;
        TestFailoverResult failover;
        String screenshot;
        Double rpoSeconds;
        try (Rig rig = new Rig(folder.path("run"), place, key)) {
            narrator.chapter("Protection: engine and mobility service, two processes over mutual TLS");
            rig.startEngine();
            try (DemoWindow window = window(rig, folder)) {
                initial = protect(rig, source, window);
                copies = takePoints(rig, folder, source, ordered);
                failover = failOver(rig, copies.get(MIDDLE).point(), window);
            }
            screenshot = folder.keptScreenshot(failover.screenshot(), failover.serialLog());
            rpoSeconds = newestPointAge(rig);
        }
        narrator.chapter("The engine is gone: its processes are stopped and its folder is deleted");
        folder.forget("run/engine");
        boolean exact = DemoVault.compare(place, key, copies, narrator);
        VaultOnlyRecovery.Result alone = VaultOnlyRecovery.run(
                place, key, folder, copies.getLast().point(), expected(source, POINTS - 1), narrator);
        if (options.keep() != null && !options.azurite()) {
            narrator.invite(folder.path(""), copies.get(MIDDLE), MACHINE, source.disk());
        }
        return new DemoSummary(
                source.description(),
                place.location(),
                new DemoSummary.InitialReplication(initial.bytes(), initial.seconds(), initial.mbPerSecond()),
                ordered.stream().map(Demo::point).toList(),
                rpoSeconds,
                new DemoSummary.TestFailover(
                        failover.point().toString(),
                        booted(failover, expected(source, MIDDLE)),
                        failover.bootSeconds(),
                        failover.rtoSeconds(),
                        answer(failover),
                        failover.accelerator(),
                        screenshot),
                new DemoSummary.Verified(exact, copies.size()),
                alone.recovered(),
                alone.bootSeconds(),
                options.keep() == null ? null : folder.path("").toString());
    }

    private DemoWindow window(Rig rig, DemoFolder folder) throws IOException {
        return options.window()
                ? DemoWindow.open(rig, folder.path("console.log"), narrator)
                : DemoWindow.none(narrator);
    }

    private JobResult.InitialReplication protect(Rig rig, PracticeSource source, DemoWindow window) throws Exception {
        window.show("breakwater://dashboard");
        rig.startAgent(MACHINE);
        source.startWorkload();
        rig.admin().createPolicy(POLICY);
        window.look();
        window.show("breakwater://machine/" + machine(rig));
        ProgressBar bar = narrator.bar("initial replication");
        JobView job = rig.await(
                rig.admin().protect(MACHINE, new ProtectRequest(List.of(source.disk()), POLICY.name(), null)),
                PATIENCE,
                now -> bar.show(Math.round(now.progress() * 1000), 1000, copied(now)));
        bar.end();
        window.look();
        JobResult.InitialReplication initial =
                Objects.requireNonNull(job.result().initialReplication(), "the job says nothing of its copying");
        narrator.fact(
                "%s in %.1f s: %.0f MB/s, while %s were written to it.",
                Sizes.format(initial.bytes()),
                initial.seconds(),
                initial.mbPerSecond(),
                Sizes.format(source.workloadBytes()));
        return initial;
    }

    private static String machine(Rig rig) throws IOException, InterruptedException {
        return rig.admin().machines().getFirst().id().toString();
    }

    private static String copied(JobView job) {
        return job.steps().stream()
                .filter(step -> step.totalBytes() > 0)
                .reduce((_, later) -> later)
                .map(step -> Sizes.format(step.doneBytes()) + " of " + Sizes.format(step.totalBytes()))
                .orElse("");
    }

    private List<Copied> takePoints(Rig rig, DemoFolder folder, PracticeSource source, List<RecoveryPoint> ordered)
            throws Exception {
        narrator.chapter("Recovery points under load");
        List<Copied> copies = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            source.serve(text(i));
            source.load(BETWEEN_POINTS);
            RecoveryPoint quick = point(rig, PointRequest.plain());
            ordered.add(quick);
            narrator.fact("%s  %s, frozen for %d ms", quick.id(), quick.type(), quick.freezeMillis());
            Path copy = folder.path("source-" + (i + 1) + ".img");
            RecoveryPoint proved = point(rig, new PointRequest(null, source.copyCommand(copy), COPY_SECONDS));
            ordered.add(proved);
            copies.add(new Copied(proved, copy));
            narrator.fact(
                    "%s  %s, the source was copied to %s while it stood still",
                    proved.id(), proved.type(), copy.getFileName());
        }
        source.serve("Written after the last recovery point: this must not appear.\n");
        return copies;
    }

    private static RecoveryPoint point(Rig rig, PointRequest request) throws IOException, InterruptedException {
        JobView job = rig.await(rig.admin().createPoint(MACHINE, request), PATIENCE, _ -> {});
        return Objects.requireNonNull(job.result().point(), "the job made no point");
    }

    private TestFailoverResult failOver(Rig rig, RecoveryPoint point, DemoWindow window) throws Exception {
        narrator.chapter("Test failover from the point in the middle");
        JobView ordered = rig.admin()
                .testFailover(MACHINE, new TestFailoverRequest(point.id().toString(), PROBE, null, BOOT_SECONDS));
        window.show("breakwater://failover/" + ordered.id());
        JobView job = rig.await(ordered, PATIENCE, _ -> {});
        TestFailoverResult result = Objects.requireNonNull(job.result().testFailover(), "the job has no test failover");
        if (result.booted()) {
            narrator.fact(
                    "It is up: %.1f s after power-on, %.1f s after the order (%s). It answers: %s",
                    result.bootSeconds(),
                    result.rtoSeconds(),
                    Objects.requireNonNullElse(result.accelerator(), "unknown"),
                    answer(result).strip());
        } else {
            narrator.fact("It did not come up; its serial log is %s.", result.serialLog());
        }
        window.look();
        window.show("breakwater://jobs");
        rig.await(rig.admin().cleanUpTestFailover(MACHINE, CleanUpRequest.SAYING_NOTHING), PATIENCE, _ -> {});
        narrator.fact("Cleaned up.");
        window.look();
        window.show("breakwater://dashboard");
        window.look();
        return result;
    }

    private static @Nullable Double newestPointAge(Rig rig) throws IOException, InterruptedException {
        return rig.admin().points(MACHINE).stream()
                .map(RecoveryPoint::time)
                .max(Instant::compareTo)
                .map(newest ->
                        Math.max(0, Duration.between(newest, Instant.now()).toMillis() / 1000.0))
                .orElse(null);
    }

    /// What the practice machine serves at a point: the administrator's text, and which point it is.
    private String text(int point) {
        return options.content() + "\nAs of recovery point " + (point + 1) + ".\n";
    }

    private String expected(PracticeSource source, int point) throws IOException {
        return source.servesChanges() ? text(point) : options.content();
    }

    private static String answer(TestFailoverResult result) {
        TestFailoverResult.Probe probe = result.probe();
        return probe == null ? "" : Objects.requireNonNullElse(probe.content(), "");
    }

    private static boolean booted(TestFailoverResult result, String expected) {
        return result.booted() && answer(result).contains(expected.strip());
    }

    private static DemoSummary.Point point(RecoveryPoint point) {
        return new DemoSummary.Point(
                point.id().toString(),
                point.type().name(),
                point.time(),
                point.freezeMillis(),
                point.stallMillis(),
                point.changedBytes());
    }
}

package dev.breakwater.simulation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One story, told again and again: protection, initial replication, points, checkpoints, compaction,
/// deletion, a move to the other process server, a test failover and its clean-up, end of protection. Each
/// time the program that reaches one certain step is killed there. The steps are not written down anywhere:
/// the seams name them when the story is told undisturbed.
final class KillPoints {

    private static final long SEED = 77;

    /// By then a machine has carried out that it is no longer protected.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofSeconds(2);

    private KillPoints() {}

    /// A place at which a program may die.
    ///
    /// @param step how many steps come before it
    /// @param name what the program does there
    record KillPoint(long step, String name) {}

    /// All of them.
    ///
    /// @param alike of steps that differ in numbers only, so many are tried in each phase
    static List<KillPoint> all(int alike) throws IOException {
        List<String> steps = new ArrayList<>();
        tell(-1, steps);
        Map<String, Integer> seen = new HashMap<>();
        List<KillPoint> points = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String kind = steps.get(i)
                    .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}", "*")
                    .replaceAll("[0-9]+", "*");
            if (seen.merge(kind, 1, Integer::sum) <= alike) {
                points.add(new KillPoint(i, steps.get(i)));
            }
        }
        return points;
    }

    /// Tells the story with a death in it.
    ///
    /// @throws AssertionError if something is lost, or does not catch up
    static void dieAt(KillPoint point) throws IOException {
        if (!tell(point.step(), new ArrayList<>())) {
            throw new AssertionError("Nobody came to step " + point);
        }
    }

    private static boolean tell(long killAt, List<String> steps) throws IOException {
        try (World world = new World(SEED)) {
            world.killAt(killAt);
            Node outside = world.node("outside", new Node.Computer());
            boolean[] done = new boolean[1];
            world.startControl();
            world.servers().forEach(world::startServer);
            world.startAgent();
            var _ = outside.light("story", () -> {
                try {
                    story(world, outside, new Administrator(world, outside));
                    done[0] = true;
                } catch (InterruptedException | RuntimeException | Error e) {
                    world.scheduler().fail(e);
                }
            });
            try {
                world.scheduler().run(() -> done[0], world::check);
            } catch (Throwable e) {
                throw new AssertionError(
                        "Death at step " + killAt + " does harm: " + e + "\n"
                                + world.scheduler().trace().story(),
                        e);
            }
            steps.addAll(world.steps());
            return world.killed();
        }
    }

    private static void story(World world, Node outside, Administrator administrator) throws InterruptedException {
        world.phase("protection and initial replication");
        administrator.protect(Duration.ofHours(12), Duration.ofHours(1));
        administrator.insistOnPoint();
        world.phase("points, checkpoints, compaction");
        for (int i = 0; i < 6; i++) {
            world.machine().write();
            administrator.insistOnPoint();
        }
        outside.sleep(Duration.ofSeconds(20));
        world.phase("retention and deletion");
        world.scheduler().skip(Duration.ofHours(3).toNanos());
        world.machine().write();
        administrator.insistOnPoint();
        outside.sleep(Duration.ofSeconds(40));
        world.phase("move");
        administrator.insistOnMove();
        world.machine().write();
        administrator.insistOnPoint();
        world.phase("comparison");
        administrator.insistOnComparison();
        world.phase("test failover");
        administrator.insistOnTestFailover();
        world.phase("clean-up");
        administrator.insistOnCleanUp();
        world.phase("rest");
        world.machine().calm();
        Run.settle(world, outside, administrator);
        if (world.site().count() > 0) {
            throw new AssertionError("Clean-up left a test machine behind");
        }
        world.phase("end of protection");
        administrator.insistOnEnd();
        nothingIsLeft(world, outside);
    }

    private static void nothingIsLeft(World world, Node outside) throws InterruptedException {
        long deadline = outside.nanos() + PATIENCE.toNanos();
        AgentNode agent = world.agent();
        while (agent == null || agent.spoolBytes() > 0 || !world.machine().isForgotten()) {
            if (outside.nanos() > deadline) {
                throw new AssertionError("The machine still tracks or keeps changes " + PATIENCE
                        + " after its protection has ended; " + (agent == null ? "" : agent.status()));
            }
            outside.sleep(LOOK);
            agent = world.agent();
        }
        if (world.judge().lookAgain().isEmpty()) {
            throw new AssertionError("The points of a machine that is no longer protected are gone");
        }
    }
}

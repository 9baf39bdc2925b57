package dev.breakwater.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One story, told again and again. Each time the program that reaches one certain step is killed there. The steps are
/// not written down anywhere: the seams name them when the story is told undisturbed.
final class KillPoints {

    private static final long SEED = 77;

    private final Story story;
    private final long seed;

    KillPoints(Story story) {
        this(story, SEED);
    }

    KillPoints(Story story, long seed) {
        this.story = story;
        this.seed = seed;
    }

    /// What happens, with a death in it or without.
    interface Story {
        /// Starts what is there from the beginning.
        void begin(World world);

        /// Tells it, in a thread of nobody's program.
        ///
        /// @throws AssertionError if something is not as it must be
        void tell(World world, Node outside) throws InterruptedException, IOException;
    }

    /// A place at which a program may die.
    ///
    /// @param step how many steps come before it
    /// @param name what the program does there
    record KillPoint(long step, String name) {}

    /// All of them.
    ///
    /// @param alike of steps that differ in numbers only, so many are tried in each phase
    List<KillPoint> all(int alike) throws IOException {
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

    /// Tells the story without a death.
    ///
    /// @throws AssertionError if something is not as it must be
    void undisturbed() throws IOException {
        boolean _ = tell(-1, new ArrayList<>());
    }

    /// Tells the story with a death in it.
    ///
    /// @throws AssertionError if something is lost, or does not catch up
    void dieAt(KillPoint point) throws IOException {
        if (!tell(point.step(), new ArrayList<>())) {
            throw new AssertionError("Nobody came to step " + point);
        }
    }

    private boolean tell(long killAt, List<String> steps) throws IOException {
        try (World world = new World(seed)) {
            world.deaths().at(killAt);
            Node outside = world.node("outside", new Node.Computer());
            boolean[] done = new boolean[1];
            story.begin(world);
            var _ = outside.light("story", () -> {
                try {
                    story.tell(world, outside);
                    done[0] = true;
                } catch (InterruptedException | IOException | RuntimeException | Error e) {
                    world.scheduler().fail(e);
                }
            });
            try {
                world.scheduler().run(() -> done[0], world::check);
            } catch (Throwable e) {
                throw new AssertionError(
                        (killAt < 0 ? "Seed " + seed + " fails: " : "Death at step " + killAt + " does harm: ") + e
                                + "\n" + world.scheduler().trace().story(),
                        e);
            }
            steps.addAll(world.deaths().steps());
            return world.deaths().happened();
        }
    }
}

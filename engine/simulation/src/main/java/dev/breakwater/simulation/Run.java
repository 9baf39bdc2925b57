package dev.breakwater.simulation;

import dev.breakwater.simulation.World.ProcessServerSlot;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/// One run from one seed: protection under bad weather, then fair weather in which everything must catch up.
final class Run {

    /// By then all of it must have caught up after the last fault.
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final long seed;
    private final boolean faults;
    private final Consumer<World> prepare;
    private boolean done;

    Run(long seed, boolean faults) {
        this(seed, faults, _ -> {});
    }

    /// @param prepare the world before anything runs in it
    Run(long seed, boolean faults, Consumer<World> prepare) {
        this.seed = seed;
        this.faults = faults;
        this.prepare = prepare;
    }

    /// What a run was.
    ///
    /// @param traceHash tells two runs apart
    /// @param steps turns of threads
    /// @param points compared byte for byte
    record Outcome(long traceHash, long steps, int points) {}

    /// Runs.
    ///
    /// @throws AssertionError if something does not hold; names the seed and tells the newest of the story
    Outcome run() throws IOException {
        try (World there = new World(seed)) {
            Node outside = there.node("outside", new Node.Computer());
            prepare.accept(there);
            there.startControl();
            there.servers().forEach(there::startServer);
            there.startAgent();
            var _ = outside.light("scenario", () -> scenario(there, outside));
            try {
                there.scheduler().run(() -> done, there::check);
            } catch (Throwable e) {
                throw failed(there, e);
            }
            return new Outcome(
                    there.scheduler().trace().hash(),
                    there.scheduler().steps(),
                    there.judge().verified());
        }
    }

    private AssertionError failed(World there, Throwable e) {
        String story = there.scheduler().trace().story();
        return new AssertionError("Seed " + seed + " fails: " + e + "\n" + replay(seed) + "\n" + story, e);
    }

    /// The command that repeats a run.
    static String replay(long seed) {
        return "Replay: ./mvnw -pl engine/simulation -am test -Dtest=BadWeatherTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed=" + seed;
    }

    private void scenario(World there, Node outside) {
        try {
            var administrator = new Administrator(there, outside);
            administrator.protect(Duration.ofSeconds(5L + there.faults().choice(30)), retention(there));
            var writer = new Writer(there, outside);
            writer.start();
            if (faults) {
                new Weather(there, outside, administrator).blow();
            } else {
                outside.sleep(Duration.ofMinutes(2));
            }
            writer.stop();
            settle(there, outside, administrator);
            done = true;
        } catch (InterruptedException | RuntimeException | Error e) {
            there.scheduler().fail(e);
        }
    }

    private static Duration retention(World there) {
        Duration[] some = {Duration.ZERO, Duration.ofHours(1), Duration.ofHours(3), Duration.ofDays(1)};
        return some[there.faults().choice(some.length)];
    }

    /// Waits until everything has caught up, and looks at every point again.
    static void settle(World there, Node outside, Administrator administrator) throws InterruptedException {
        there.scheduler().trace().tell(there.scheduler().nanos(), "--- fair weather");
        long deadline = outside.nanos() + PATIENCE.toNanos();
        administrator.insistOnPoint();
        String open = notCaughtUp(there, administrator);
        while (!open.isEmpty()) {
            if (outside.nanos() > deadline) {
                throw new AssertionError("Not caught up " + PATIENCE + " after the last fault: " + open);
            }
            outside.sleep(LOOK);
            open = notCaughtUp(there, administrator);
        }
        var _ = there.judge().lookAgain();
    }

    private static String notCaughtUp(World there, Administrator administrator) throws InterruptedException {
        if (!there.judge().newestIsNow()) {
            AgentNode agent = there.agent();
            return "the newest point is not the disks' state; " + (agent == null ? "" : agent.status());
        }
        AgentNode agent = there.agent();
        if (agent == null || agent.spoolBytes() > 0) {
            return "the spool is not empty";
        }
        for (ProcessServerSlot server : there.servers()) {
            ProcessServerNode running = server.running;
            if (running == null
                    || running.gateway().uploads().memoryBytes()
                                    + running.gateway().uploads().cacheBytes()
                            > 0) {
                return server.name + " still uploads";
            }
        }
        return administrator.unfinished();
    }
}

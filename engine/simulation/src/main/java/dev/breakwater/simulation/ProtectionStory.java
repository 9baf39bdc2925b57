package dev.breakwater.simulation;

import java.time.Duration;

/// Protection, initial replication, points, checkpoints, compaction, deletion, a move to the other process server, a
/// comparison, a test failover and its clean-up, end of protection.
final class ProtectionStory implements KillPoints.Story {

    /// By then a machine has carried out that it is no longer protected.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofSeconds(2);

    @Override
    public void begin(World world) {
        world.startControl();
        world.servers().forEach(world::startServer);
        world.startAgent();
    }

    @Override
    public void tell(World world, Node outside) throws InterruptedException {
        var administrator = new Administrator(world, outside);
        world.deaths().phase("protection and initial replication");
        administrator.protect(Duration.ofHours(12), Duration.ofHours(1));
        administrator.insistOnPoint();
        world.deaths().phase("points, checkpoints, compaction");
        for (int i = 0; i < 6; i++) {
            world.machine().write();
            administrator.insistOnPoint();
        }
        outside.sleep(Duration.ofSeconds(20));
        world.deaths().phase("retention and deletion");
        world.scheduler().skip(Duration.ofHours(3).toNanos());
        world.machine().write();
        administrator.insistOnPoint();
        outside.sleep(Duration.ofSeconds(40));
        world.deaths().phase("move");
        administrator.insistOnMove();
        world.machine().write();
        administrator.insistOnPoint();
        world.deaths().phase("comparison");
        administrator.insistOnComparison();
        world.deaths().phase("test failover");
        administrator.insistOnTestFailover();
        world.deaths().phase("clean-up");
        administrator.insistOnCleanUp();
        world.deaths().phase("rest");
        world.machine().calm();
        Run.settle(world, outside, administrator);
        if (world.site().count() > 0) {
            throw new AssertionError("Clean-up left a test machine behind");
        }
        world.deaths().phase("end of protection");
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

package dev.breakwater.simulation;

import java.time.Duration;

/// Programs on the protected machine that write to its disks.
final class Writer {

    private final World world;
    private final Node node;
    private boolean stopped;

    Writer(World world, Node node) {
        this.world = world;
        this.node = node;
    }

    void start() {
        var _ = node.light("writer", this::write);
    }

    /// Nothing is written any more.
    void stop() {
        stopped = true;
        world.machine().calm();
    }

    private void write() {
        try {
            while (!stopped) {
                for (int i = world.faults().choice(6); i > 0; i--) {
                    world.machine().write();
                }
                node.sleep(world.faults().upTo(Duration.ofSeconds(20)));
            }
        } catch (InterruptedException e) {
            world.scheduler().fail(e);
        }
    }
}

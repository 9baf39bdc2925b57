package dev.breakwater.processserver;

import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.platform.Threads;
import dev.breakwater.processserver.ProcessServerSettings.Rhythm;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the configuration server whom to serve, and goes on with the last answer while it is away.
final class AssignmentWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(AssignmentWatch.class);
    private static final long FIRST_PAUSE_MILLIS = 200;

    private final ControlPlane control;
    private final MachineDesks desks;
    private final Rhythm rhythm;
    private final Threads threads;

    AssignmentWatch(ControlPlane control, MachineDesks desks, Rhythm rhythm, Threads threads) {
        this.control = control;
        this.desks = desks;
        this.rhythm = rhythm;
        this.threads = threads;
    }

    @Override
    public void run() {
        long version = 0;
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (true) {
                try {
                    Assignments assignments = control.assignments(version);
                    if (assignments.version() != version) {
                        desks.carryOut(assignments);
                        version = assignments.version();
                    }
                    pause = FIRST_PAUSE_MILLIS;
                } catch (IOException | RuntimeException e) {
                    LOG.warn("No new orders; replication goes on with the last ones: {}", e.toString());
                    threads.sleep(Duration.ofMillis(pause));
                    pause = Math.min(pause * 2, rhythm.retry().toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The watch for orders was stopped.");
        }
    }
}

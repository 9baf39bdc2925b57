package dev.breakwater.site;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The ability to run a machine from disks at a recovery point. Nothing that the machine writes reaches the point.
public interface MachineRunner {

    /// Starts the machine and returns when it is switched on (not: booted). An order whose run exists already is
    /// answered with that run's status.
    ///
    /// @throws SiteException if it cannot be started; nothing of the run is then left
    RunStatus start(RunOrder order) throws SiteException, InterruptedException;

    /// How a run stands; empty if the site knows no such run.
    Optional<RunStatus> status(RunId run) throws SiteException;

    /// Switches the machine off: asks its operating system first, and pulls the plug when the grace time is over.
    /// Returns when it is off; a machine that is off already, or unknown, is left alone.
    void stop(RunId run, Duration grace) throws SiteException, InterruptedException;

    /// Switches the machine off at once if it still runs and removes everything the site made for the run.
    /// Does nothing for an unknown run.
    void cleanUp(RunId run) throws SiteException, InterruptedException;

    /// Runs of which the site still holds something, those of an engine that was killed included.
    List<RunId> leftovers() throws SiteException;
}

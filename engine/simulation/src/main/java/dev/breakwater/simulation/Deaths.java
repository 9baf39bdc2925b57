package dev.breakwater.simulation;

import java.util.ArrayList;
import java.util.List;

/// The steps of programs, which name themselves when a program comes to them, and the death of the program that comes
/// to a certain one.
final class Deaths {

    /// A service manager starts a program again that has ended.
    static final long RESTART_NANOS = 5_000_000_000L;

    private final Scheduler scheduler;
    private final List<String> steps = new ArrayList<>();
    private String phase = "start";
    private long killAt = -1;
    private boolean happened;

    Deaths(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// A program is about to do something that somebody else can see, or has just done it.
    ///
    /// @param again what starts the program after its death
    void step(Node node, String what, Runnable again) {
        steps.add(phase + ": " + node.name() + " " + what);
        if (steps.size() - 1 == killAt) {
            happened = true;
            scheduler.at(scheduler.nanos() + RESTART_NANOS, again);
            node.kill();
        }
    }

    /// What is being done, for the names of steps.
    void phase(String name) {
        phase = name;
    }

    /// Kills the program that reaches this step.
    void at(long step) {
        killAt = step;
    }

    /// Whether the program was killed that was to be.
    boolean happened() {
        return happened;
    }

    /// The steps of all programs so far.
    List<String> steps() {
        return steps;
    }
}

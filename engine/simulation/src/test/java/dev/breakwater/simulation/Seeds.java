package dev.breakwater.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Runs many seeds, one after the other: programs of two runs would meet in static pools, in an order that no seed
/// repeats. Two halves of them run in two processes.
final class Seeds {

    /// Seeds in the usual suite; `-Dsimulation.seeds=N` runs any number, `-Dsimulation.from=N` begins elsewhere.
    private static final int USUAL_SEEDS = 500;

    /// Failures that are shown; more say the same again.
    private static final int SHOWN = 3;

    private Seeds() {}

    /// Runs every second seed; or, of both halves only the first, the one that `-Dsimulation.seed=N` names.
    static void run(int half) throws IOException {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            if (half == 0) {
                new Run(one, true).run();
            }
            return;
        }
        long from = Long.getLong("simulation.from", 1);
        long to = from + Long.getLong("simulation.seeds", USUAL_SEEDS);
        List<Throwable> failures = new ArrayList<>();
        long points = 0;
        for (long seed = from + half; seed < to; seed += 2) {
            try {
                points += new Run(seed, true).run().points();
            } catch (AssertionError | IOException | RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError(failures.size() + " of " + (to - from) / 2 + " seeds fail");
            failures.stream().limit(SHOWN).forEach(all::addSuppressed);
            throw all;
        }
        assertThat(points).isGreaterThan((to - from) / 2);
    }
}

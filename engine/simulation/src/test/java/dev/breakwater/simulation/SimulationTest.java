package dev.breakwater.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The whole system in one thread")
class SimulationTest {

    /// Seeds in the usual suite; `-Dsimulation.seeds=N` runs any number.
    private static final int USUAL_SEEDS = 500;

    /// Failures that are shown; more say the same again.
    private static final int SHOWN = 3;

    @Test
    @DisplayName("replicates in a perfect world, and every point is exact")
    void perfectWorld() throws Exception {
        assertThat(new Run(1, false).run().points()).isGreaterThan(2);
    }

    @Test
    @DisplayName("does the same again from the same seed")
    void repeatable() throws Exception {
        for (long seed = 11; seed <= 14; seed++) {
            Run.Outcome first = new Run(seed, true).run();
            assertThat(new Run(seed, true).run()).as("seed %d", seed).isEqualTo(first);
            assertThat(new Run(seed + 1000, true).run().traceHash()).isNotEqualTo(first.traceHash());
        }
    }

    @Test
    @DisplayName("loses nothing in bad weather, and has caught up soon after")
    void badWeather() throws Exception {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            new Run(one, true).run();
            return;
        }
        long from = Long.getLong("simulation.from", 1);
        long to = from + Long.getLong("simulation.seeds", USUAL_SEEDS);
        List<Throwable> failures = new ArrayList<>();
        long points = 0;
        for (long seed = from; seed < to; seed++) {
            try {
                points += new Run(seed, true).run().points();
            } catch (AssertionError | IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError(failures.size() + " of " + (to - from) + " seeds fail");
            failures.stream().limit(SHOWN).forEach(all::addSuppressed);
            throw all;
        }
        assertThat(points).isGreaterThan(to - from);
    }
}

package dev.breakwater.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The whole system in one thread")
class SimulationTest {

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
}

package dev.breakwater.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The whole system in one thread")
class SimulationTest {

    @Test
    @DisplayName("replicates in a perfect world, and every point is exact")
    void perfectWorld() throws Exception {
        Run.Outcome outcome = new Run(1, false).run();
        System.err.println(outcome);
        assertThat(outcome.points()).isPositive();
        assertThat(new Run(1, false).run()).isEqualTo(outcome);
    }
}

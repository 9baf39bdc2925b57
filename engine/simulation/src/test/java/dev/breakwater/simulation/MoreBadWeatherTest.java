package dev.breakwater.simulation;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The whole system under faults, the other half of the seeds")
class MoreBadWeatherTest {

    @Test
    @DisplayName("loses nothing in bad weather, and has caught up soon after")
    void losesNothing() throws Exception {
        Seeds.run(1);
    }
}

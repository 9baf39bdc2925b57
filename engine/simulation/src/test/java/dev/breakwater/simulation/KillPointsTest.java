package dev.breakwater.simulation;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Programs that die at every step")
class KillPointsTest {

    @Test
    @DisplayName("come back, lose nothing, and everything that was ordered is done")
    void dieAtEveryStep() throws Exception {
        EveryDeath.of(new ProtectionStory(), KillPointsTest.class, 200);
    }
}

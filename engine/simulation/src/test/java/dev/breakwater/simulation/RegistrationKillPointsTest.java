package dev.breakwater.simulation;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Registration")
class RegistrationKillPointsTest {

    /// Runs in bad weather in the usual suite; `-Dsimulation.registrations=N` runs any number.
    private static final int USUAL_RUNS = 20;

    @Test
    @DisplayName(
            "is done once, with a whole identity, whoever dies at whichever step, and its computer's power with it")
    void dieAtEveryStep() throws Exception {
        EveryDeath.of(new RegistrationStory(false), RegistrationKillPointsTest.class, 200);
    }

    @Test
    @DisplayName("is done once when answers are lost, requests come twice and disks fail")
    void badWeather() throws IOException {
        Long one = Long.getLong("simulation.seed");
        long from = one == null ? 0 : one;
        long to = one == null ? Long.getLong("simulation.registrations", USUAL_RUNS) : one + 1;
        for (long seed = from; seed < to; seed++) {
            try {
                new KillPoints(new RegistrationStory(true), seed).undisturbed();
            } catch (AssertionError e) {
                throw new AssertionError(
                        "Replay: ./mvnw -pl engine/simulation -am test -Dtest=RegistrationKillPointsTest#badWeather"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed=" + seed,
                        e);
            }
        }
    }
}

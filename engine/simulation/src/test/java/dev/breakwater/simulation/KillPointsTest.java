package dev.breakwater.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.simulation.KillPoints.KillPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Programs that die at every step")
class KillPointsTest {

    /// Failures that are shown; more say the same again.
    private static final int SHOWN = 3;

    @Test
    @DisplayName("come back, lose nothing, and everything that was ordered is done")
    void dieAtEveryStep() throws Exception {
        List<KillPoint> points = KillPoints.all(Integer.getInteger("simulation.alike", 1));
        assertThat(points).hasSizeGreaterThan(200);
        Long one = Long.getLong("simulation.killpoint");
        List<Throwable> failures = new ArrayList<>();
        for (KillPoint point : points) {
            if (one != null && one != point.step()) {
                continue;
            }
            try {
                KillPoints.dieAt(point);
            } catch (AssertionError | IOException | RuntimeException e) {
                failures.add(new AssertionError(
                        point + "\nReplay: ./mvnw -pl engine/simulation -am test -Dtest=KillPointsTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.alike=100000"
                                + " -Dsimulation.killpoint=" + point.step(),
                        e));
            }
        }
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError(failures.size() + " of " + points.size() + " deaths do harm");
            failures.stream().limit(SHOWN).forEach(all::addSuppressed);
            throw all;
        }
    }
}

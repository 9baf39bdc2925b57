package dev.breakwater.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.simulation.KillPoints.KillPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Tells a story with a death at each of its steps; `-Dsimulation.killpoint=N` takes one of them.
final class EveryDeath {

    /// Failures that are shown; more say the same again.
    private static final int SHOWN = 3;

    private EveryDeath() {}

    /// @param test that the command names which repeats a failure
    /// @param least steps; with fewer the seams have fallen silent
    static void of(KillPoints.Story story, Class<?> test, int least) throws IOException {
        var deaths = new KillPoints(story);
        List<KillPoint> points = deaths.all(Integer.getInteger("simulation.alike", 1));
        assertThat(points).hasSizeGreaterThan(least);
        Long one = Long.getLong("simulation.killpoint");
        List<Throwable> failures = new ArrayList<>();
        List<String> harmful = new ArrayList<>();
        for (KillPoint point : points) {
            if (one != null && one != point.step()) {
                continue;
            }
            try {
                deaths.dieAt(point);
            } catch (AssertionError | IOException | RuntimeException e) {
                harmful.add(point.step() + " " + point.name());
                failures.add(new AssertionError(
                        point + "\nReplay: ./mvnw -pl engine/simulation -am test -Dtest=" + test.getSimpleName()
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.alike=100000"
                                + " -Dsimulation.killpoint=" + point.step(),
                        e));
            }
        }
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError(
                    failures.size() + " of " + points.size() + " deaths do harm:\n" + String.join("\n", harmful));
            failures.stream().limit(SHOWN).forEach(all::addSuppressed);
            throw all;
        }
    }
}

package dev.breakwater.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
    @DisplayName("tells the same story from the same seed, in whichever process and whatever came before")
    void repeatable() throws Exception {
        // 404 once depended on the identities of objects, and with them on all that had run before.
        List<Long> seeds = List.of(404L, 11L, 12L, 355L);
        List<String> first = new ArrayList<>();
        for (long seed : seeds) {
            first.add(Storyteller.line(seed));
        }
        assertThat(first.stream().map(line -> line.replaceFirst("^\\d+ ", ""))).doesNotHaveDuplicates();
        assertThat(Storyteller.line(seeds.getFirst())).isEqualTo(first.getFirst());
        assertThat(Storyteller.elsewhere(seeds.reversed())).containsExactlyElementsOf(first.reversed());
    }
}

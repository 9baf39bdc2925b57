package dev.breakwater.launcher.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.vault.check.CheckSummary;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What vault check says at its end")
class CheckCommandTest {

    private static CheckSummary summary(long frames, long bytes) {
        return new CheckSummary(2, 30, 41, frames, bytes, 1, 0, 1, 0, Set.of(), Map.of());
    }

    @Test
    @DisplayName("does not count data that was not read, and says that it was not")
    void structureOnly() {
        assertThat(CheckCommand.extent(summary(0, 0), false))
                .contains("2 machines, 30 points", "41 pages", "NOT read", "--data", "1 finding, 0 critical")
                .doesNotContain("frames");
    }

    @Test
    @DisplayName("counts the data that was read")
    void withData() {
        assertThat(CheckCommand.extent(summary(7, 4096), true))
                .contains("compared with its digests: 7 frames, ")
                .doesNotContain("NOT");
    }
}

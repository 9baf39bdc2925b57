package dev.breakwater.vault.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.testkit.Seed;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

@DisplayName("Pieces that arrive in any order")
class LatestWinsTest {

    @RepeatedTest(200)
    @DisplayName("end as disjoint ascending ranges in which the last to arrive wins")
    void lastWins(RepetitionInfo repetition) {
        Random random = new Seed(repetition.getCurrentRepetition()).random();
        int count = random.nextInt(60);
        long[] start = new long[64];
        long[] length = new long[64];
        int[] expected = new int[200];
        Arrays.fill(expected, -1);
        boolean ascending = true;
        for (int i = 0; i < count; i++) {
            start[i] = random.nextInt(150);
            length[i] = 1L + random.nextInt(random.nextInt(6) == 0 ? 50 : 5);
            ascending &= i == 0 || start[i] >= start[i - 1] + length[i - 1];
            Arrays.fill(expected, (int) start[i], (int) (start[i] + length[i]), i);
        }
        int[] found = new int[200];
        Arrays.fill(found, -1);
        LatestWins ranges = new LatestWins(start, length, count, ascending);
        long end = 0;
        while (ranges.next()) {
            assertThat(ranges.from()).isGreaterThanOrEqualTo(end).isLessThan(ranges.to());
            Arrays.fill(found, (int) ranges.from(), (int) ranges.to(), ranges.piece());
            end = ranges.to();
        }
        assertThat(found).isEqualTo(expected);
    }
}

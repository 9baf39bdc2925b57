package dev.breakwater.desktop.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.fixture.SampleSite;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final Instant LATER = SampleSite.NOW.plusSeconds(5);

    @Test
    @DisplayName("a round that brings the same answers is still, whatever time it is")
    void still() {
        assertThat(SampleSite.resting(LATER, 0, 3).isStillAsIn(SampleSite.resting(SampleSite.NOW, 0, 3)))
                .isTrue();
    }

    @Test
    @DisplayName("another machine, a job that runs, bytes that flow or a silent engine are not still")
    void moves() {
        Snapshot before = SampleSite.resting(SampleSite.NOW, 0, 3);

        assertThat(SampleSite.resting(LATER, 0, 4).isStillAsIn(before)).isFalse();
        assertThat(SampleSite.resting(LATER, 1, 3).isStillAsIn(before)).isFalse();
        assertThat(SampleSite.resting(LATER, 1, 3).isStillAsIn(SampleSite.resting(SampleSite.NOW, 1, 3)))
                .isFalse();
        assertThat(SampleSite.flowing(LATER).isStillAsIn(SampleSite.flowing(SampleSite.NOW)))
                .isFalse();
        assertThat(new Snapshot(Connection.STALE, before.figures(), Duration.ofSeconds(9), "gone").isStillAsIn(before))
                .isFalse();
        assertThat(Snapshot.NOTHING.isStillAsIn(before)).isFalse();
    }
}

package dev.breakwater.desktop.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.EngineStatus;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.fixture.SampleSite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final Instant LATER = SampleSite.NOW.plusSeconds(5);

    @Test
    @DisplayName("a round that brings the same answers is still, whatever time it is")
    void still() {
        assertThat(live(LATER, 0, 3).isStillAsIn(live(SampleSite.NOW, 0, 3))).isTrue();
    }

    @Test
    @DisplayName("another machine, a job that runs, bytes that flow or a silent engine are not still")
    void moves() {
        Snapshot before = live(SampleSite.NOW, 0, 3);

        assertThat(live(LATER, 0, 4).isStillAsIn(before)).isFalse();
        assertThat(live(LATER, 1, 3).isStillAsIn(before)).isFalse();
        assertThat(live(LATER, 1, 3).isStillAsIn(live(SampleSite.NOW, 1, 3))).isFalse();
        assertThat(flowing(LATER).isStillAsIn(flowing(SampleSite.NOW))).isFalse();
        assertThat(new Snapshot(Connection.STALE, before.figures(), Duration.ofSeconds(9), "gone").isStillAsIn(before))
                .isFalse();
        assertThat(Snapshot.NOTHING.isStillAsIn(before)).isFalse();
    }

    private static Snapshot live(Instant at, int jobs, int machines) {
        Figures sample = SampleSite.figures(machines);
        return live(at, status(sample.status(), jobs), sample, List.of());
    }

    private static Snapshot flowing(Instant at) {
        Figures sample = SampleSite.figures(3);
        return live(at, status(sample.status(), 0), sample, List.of(new Throughput(at, 1L, 1L, 1L)));
    }

    private static Snapshot live(Instant at, EngineStatus status, Figures sample, List<Throughput> throughput) {
        List<MachineView> machines = sample.machines();
        return new Snapshot(
                Connection.LIVE,
                new Figures(at, status, machines, sample.processServers(), sample.policies(), List.of(), throughput),
                Duration.ZERO,
                null);
    }

    private static EngineStatus status(EngineStatus sample, int jobs) {
        return new EngineStatus(
                sample.id(),
                sample.version(),
                sample.startedAt(),
                sample.httpsPort(),
                sample.vaultId(),
                sample.vaultLocation(),
                sample.machines(),
                sample.protectedMachines(),
                sample.processServers(),
                jobs,
                sample.pendingVaultDocuments(),
                sample.health(),
                sample.problems(),
                sample.notes());
    }
}

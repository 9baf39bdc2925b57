package dev.breakwater.desktop.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.machine.PathModel.Bottleneck;
import dev.breakwater.desktop.machine.PathModel.Hop;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PathModelTest {

    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final Figures figures = SampleSite.figures(240);
    private final ProcessServerView server = figures.processServers().getFirst();

    @Test
    @DisplayName("where all is well every hop says so and there is no bottleneck")
    void well() {
        PathModel path = PathModel.of(SampleSite.machine(1), server, LIMIT, SampleSite.NOW);
        assertThat(path.source()).isEqualTo(Hop.WELL);
        assertThat(path.server()).isEqualTo(Hop.WELL);
        assertThat(path.vault()).isEqualTo(Hop.WELL);
        assertThat(path.points()).isEqualTo(Hop.WELL);
        assertThat(path.bottleneck()).isEqualTo(Bottleneck.NONE);
        assertThat(path.flows()).isTrue();
        assertThat(path.uploads()).isTrue();
    }

    @Test
    @DisplayName("what nobody told is unknown, and nothing seems to flow")
    void unknown() {
        MachineView silent = SampleSite.machine(11);
        PathModel path = PathModel.of(silent, null, null, SampleSite.NOW);
        assertThat(path.source()).isEqualTo(Hop.UNKNOWN);
        assertThat(path.server()).isEqualTo(Hop.UNKNOWN);
        assertThat(path.vault()).isEqualTo(Hop.UNKNOWN);
        assertThat(path.points()).isEqualTo(Hop.UNKNOWN);
        assertThat(path.sent()).isNull();
        assertThat(path.uploaded()).isNull();
        assertThat(path.flows()).isFalse();
        assertThat(path.uploads()).isFalse();
    }

    @Test
    @DisplayName("figures of a process server that fell silent are not shown as of now")
    void silentServer() {
        PathModel path = PathModel.of(SampleSite.machine(1), server, LIMIT, SampleSite.NOW.plus(Duration.ofMinutes(5)));
        assertThat(path.server()).isEqualTo(Hop.UNKNOWN);
        assertThat(path.uploaded()).isNull();
        assertThat(path.cacheFree()).isNull();
    }

    @Test
    @DisplayName("points older than the policy allows need attention")
    void old() {
        PathModel path = PathModel.of(SampleSite.machine(7), server, LIMIT, SampleSite.NOW);
        assertThat(path.points()).isEqualTo(Hop.TROUBLE);
    }
}

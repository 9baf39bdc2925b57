package dev.breakwater.desktop.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.door.Connection;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.failover.TestFailoverModel.Kind;
import dev.breakwater.desktop.failover.TestFailoverModel.Verdict;
import dev.breakwater.desktop.fixture.SamplePoints;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.model.RecoveryPoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TestFailoverModelTest {

    private final Snapshot live = SampleSite.live(240);
    private final MachineView machine = SampleSite.machine(0);
    private final List<RecoveryPoint> points = SamplePoints.of(machine.id(), 20);

    private static Verdict verdict(TestFailoverModel model, Kind kind) {
        return model.checks().stream()
                .filter(check -> check.kind() == kind)
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    @DisplayName("a fresh point of a protected machine may be tested; another running test is a warning")
    void passes() {
        TestFailoverModel model = TestFailoverModel.of(live, machine, points.getLast());
        assertThat(model.block()).isEmpty();
        assertThat(verdict(model, Kind.POINT)).isEqualTo(Verdict.PASS);
        assertThat(verdict(model, Kind.VAULT)).isEqualTo(Verdict.PASS);
        assertThat(verdict(model, Kind.OTHER_TESTS)).isEqualTo(Verdict.WARN);
    }

    @Test
    @DisplayName("a point older than the policy's limit warns, no point blocks")
    void point() {
        TestFailoverModel old = TestFailoverModel.of(live, machine, points.getFirst());
        assertThat(verdict(old, Kind.POINT)).isEqualTo(Verdict.WARN);
        assertThat(old.block()).isEmpty();
        TestFailoverModel none = TestFailoverModel.of(live, machine, null);
        assertThat(verdict(none, Kind.POINT)).isEqualTo(Verdict.BLOCK);
        assertThat(none.block()).isPresent();
    }

    @Test
    @DisplayName("a machine whose test waits for clean-up is blocked, with the reason")
    void state() {
        MachineView tested = SampleSite.machine(2);
        TestFailoverModel model = TestFailoverModel.of(live, tested, points.getLast());
        assertThat(model.block()).isPresent();
        assertThat(model.checks())
                .filteredOn(check -> check.kind() == Kind.STATE)
                .allSatisfy(check -> assertThat(check.why()).isNotNull());
    }

    @Test
    @DisplayName("while the engine is silent nothing is ordered")
    void silent() {
        Snapshot stale = new Snapshot(Connection.STALE, live.figures(), Duration.ofSeconds(12), "silent");
        assertThat(TestFailoverModel.of(stale, machine, points.getLast()).block())
                .isPresent();
    }

    @Test
    @DisplayName("each verdict that a check can give has its sentence, and the bundle has no other")
    void sentences() {
        ResourceBundle bundle = ResourceBundle.getBundle("dev.breakwater.desktop.failover.messages", Locale.ENGLISH);
        assertThat(bundle.keySet().stream().filter(key -> key.startsWith("check.")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Kind.values())
                        .flatMap(kind -> kind.possible().stream().map(verdict -> "check." + kind + "." + verdict))
                        .toList());
    }
}

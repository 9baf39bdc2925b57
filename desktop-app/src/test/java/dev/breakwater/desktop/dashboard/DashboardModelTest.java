package dev.breakwater.desktop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.estate.Readiness;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.preferences.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DashboardModelTest {

    private final Figures site = SampleSite.figures(240);
    private final DashboardModel model = DashboardModel.of(site, Settings.USUAL_TEST_COUNTS);

    @Test
    @DisplayName("every machine has one health: the numbers add up to all machines")
    void healthAddsUp() {
        assertThat(model.health().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(240);
    }

    @Test
    @DisplayName("every protected machine has one readiness, and the number leads to as many machines")
    void readinessAddsUp() {
        int unprotected = model.health().get(dev.breakwater.desktop.estate.MachineHealth.UNPROTECTED);
        assertThat(model.readiness().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(240 - unprotected);
        assertThat(model.readiness())
                .allSatisfy((readiness, count) ->
                        assertThat(count).as(readiness.name()).isPositive());
    }

    @Test
    @DisplayName("the longer a test counts, the more machines are ready, and no other than by the age of its test")
    void testCounts() {
        DashboardModel shorter = DashboardModel.of(site, Duration.ofDays(1));
        assertThat(shorter.readiness().get(Readiness.READY))
                .isLessThan(model.readiness().get(Readiness.READY));
        assertThat(shorter.readiness().get(Readiness.READY)
                        + shorter.readiness().get(Readiness.TEST_OLD))
                .isEqualTo(model.readiness().get(Readiness.READY)
                        + model.readiness().get(Readiness.TEST_OLD));
    }

    @Test
    @DisplayName("every protected machine is in one class of RPO or unknown")
    void rpoAddsUp() {
        int classes = model.rpo().within().stream().mapToInt(Integer::intValue).sum();
        int unprotected = model.health().get(dev.breakwater.desktop.estate.MachineHealth.UNPROTECTED);
        assertThat(classes + model.rpo().unknown()).isEqualTo(240 - unprotected);
    }

    @Test
    @DisplayName("without a protected machine no RPO is known, and none unknown")
    void emptySite() {
        assertThat(DashboardModel.of(SampleSite.figures(0), Settings.USUAL_TEST_COUNTS)
                        .rpo()
                        .isEmpty())
                .isTrue();
        assertThat(model.rpo().isEmpty()).isFalse();
        assertThat(RpoDistribution.of(
                                site.machines().stream()
                                        .filter(machine -> machine.state() != ProtectionState.UNPROTECTED
                                                && machine.rpoSeconds() == null)
                                        .toList(),
                                List.of())
                        .isEmpty())
                .isFalse();
    }

    @Test
    @DisplayName(
            "machines with the same trouble are one cause, whatever the figures in the sentence; the most frequent first")
    void causes() {
        assertThat(model.attention()).hasSize(2);
        assertThat(model.attention().get(0).names().size())
                .isGreaterThanOrEqualTo(model.attention().get(1).names().size());
        assertThat(model.attention().stream()
                        .mapToInt(cause -> cause.names().size())
                        .sum())
                .isEqualTo(site.status().problems().size());
    }
}

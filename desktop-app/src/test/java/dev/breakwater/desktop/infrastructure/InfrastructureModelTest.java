package dev.breakwater.desktop.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.estate.MachineHealth;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.model.ProcessServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InfrastructureModelTest {

    private static ProcessServerView server(
            String name, Health health, @Nullable Instant heard, @Nullable ProcessServerHealth told) {
        return new ProcessServerView(
                new ProcessServerId(UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                name,
                List.of("host"),
                9443,
                3,
                health,
                List.of(),
                heard,
                28,
                told,
                null);
    }

    private static ProcessServerHealth told(@Nullable Double processor) {
        return new ProcessServerHealth(
                "0.1.0",
                List.of("host"),
                9443,
                processor,
                null,
                82,
                1,
                1,
                null,
                null,
                true,
                List.of(),
                List.of(),
                null,
                null);
    }

    private static InfrastructureModel of(ProcessServerView... servers) {
        Figures site = SampleSite.figures(3);
        return InfrastructureModel.of(new Figures(
                site.takenAt(),
                site.status(),
                site.machines(),
                List.of(servers),
                site.policies(),
                site.jobs(),
                site.throughput()));
    }

    @Test
    @DisplayName("a server that has told nothing is unknown, and so is each of its figures")
    void nothingTold() {
        InfrastructureModel.Server server =
                of(server("a", Health.NORMAL, null, null)).servers().getFirst();
        assertThat(server.health()).isEqualTo(MachineHealth.UNKNOWN);
        assertThat(server.processor()).isNull();
        assertThat(server.cache()).isNull();
        assertThat(server.received()).isNull();
        assertThat(server.connected()).isNull();
    }

    @Test
    @DisplayName("figures are shares of a whole; one that was not told stays unknown beside those that were")
    void shares() {
        InfrastructureModel.Server server = of(server("a", Health.NORMAL, SampleSite.NOW, told(24.0)))
                .servers()
                .getFirst();
        assertThat(server.processor()).isEqualTo(0.24);
        assertThat(server.memory()).isNull();
        assertThat(server.cache()).isBetween(0.179, 0.181);
        assertThat(server.received()).isZero();
    }

    @Test
    @DisplayName("the worst server comes first, then by name; a long silence is told with its length")
    void order() {
        InfrastructureModel model = of(
                server("b", Health.NORMAL, SampleSite.NOW, told(null)),
                server("a", Health.NORMAL, SampleSite.NOW, told(null)),
                server("c", Health.CRITICAL, SampleSite.NOW.minusSeconds(600), told(null)));
        assertThat(model.servers()).extracting(server -> server.view().name()).containsExactly("c", "a", "b");
        assertThat(model.servers())
                .extracting(InfrastructureModel.Server::silentFor)
                .containsExactly(Duration.ofMinutes(10), null, null);
        assertThat(model.uptime()).isEqualTo(Duration.ofDays(12));
    }
}

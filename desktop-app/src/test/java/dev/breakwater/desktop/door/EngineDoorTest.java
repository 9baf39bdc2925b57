package dev.breakwater.desktop.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.fixture.SampleSite;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EngineDoorTest {

    @Test
    @DisplayName("an engine that was never heard is unknown, and the reason is told")
    void neverHeard() throws InterruptedException {
        BlockingQueue<Snapshot> heard = new LinkedBlockingQueue<>();
        try (EngineDoor door = absent()) {
            door.listen(heard::add);
            Snapshot told = heard.poll(10, TimeUnit.SECONDS);
            while (told != null && told.problem() == null) {
                told = heard.poll(10, TimeUnit.SECONDS);
            }
            assertThat(told).isNotNull();
            assertThat(told.connection()).isEqualTo(Connection.CONNECTING);
            assertThat(told.figures()).isNull();
            assertThat(told.problem()).isEqualTo("Nobody answers.");
        }
    }

    @Test
    @DisplayName("an order that cannot be put fails with its reason")
    void orderFails() throws InterruptedException {
        try (EngineDoor door = absent()) {
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                            ExecutionException.class,
                            () -> door.ask(engine -> engine.status()).get(10, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("Nobody answers.");
        }
    }

    @Test
    @DisplayName("pauses between failing rounds grow up to a bound")
    void pauses() {
        assertThat(EngineDoor.pauseAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(EngineDoor.pauseAfter(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(EngineDoor.pauseAfter(100)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("rounds that take long are asked less often, up to a bound")
    void longRounds() {
        assertThat(EngineDoor.pauseAfter(Duration.ofMillis(80), EngineDoor.PERIOD))
                .isEqualTo(EngineDoor.PERIOD);
        assertThat(EngineDoor.pauseAfter(Duration.ofSeconds(3), EngineDoor.PERIOD))
                .isEqualTo(Duration.ofSeconds(6));
        assertThat(EngineDoor.pauseAfter(Duration.ofMinutes(1), EngineDoor.PERIOD))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName(
            "while nothing flows and no job runs the engine is asked less often, and at once as usual when something"
                    + " does")
    void resting() {
        assertThat(EngineDoor.period(null)).isEqualTo(EngineDoor.PERIOD);
        Figures busy = SampleSite.figures(240);
        assertThat(EngineDoor.period(busy)).isEqualTo(EngineDoor.PERIOD);
        Figures still = SampleSite.figures(0);
        assertThat(EngineDoor.period(with(still, 0L))).isEqualTo(EngineDoor.RESTING_PERIOD);
        assertThat(EngineDoor.period(with(still, null))).isEqualTo(EngineDoor.RESTING_PERIOD);
        assertThat(EngineDoor.period(with(still, 4096L))).isEqualTo(EngineDoor.PERIOD);
    }

    private static Figures with(Figures figures, @Nullable Long rate) {
        return new Figures(
                figures.takenAt(),
                figures.status(),
                figures.machines(),
                figures.processServers(),
                figures.policies(),
                figures.jobs(),
                List.of(new Throughput(figures.takenAt(), rate, null, 0L)));
    }

    private static EngineDoor absent() {
        return new EngineDoor(
                () -> {
                    throw new IOException("Nobody answers.");
                },
                InstantSource.system());
    }
}

package dev.breakwater.desktop.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
        assertThat(EngineDoor.pauseAfter(Duration.ofMillis(80))).isEqualTo(EngineDoor.PERIOD);
        assertThat(EngineDoor.pauseAfter(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(6));
        assertThat(EngineDoor.pauseAfter(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(10));
    }

    private static EngineDoor absent() {
        return new EngineDoor(
                () -> {
                    throw new IOException("Nobody answers.");
                },
                InstantSource.system());
    }
}

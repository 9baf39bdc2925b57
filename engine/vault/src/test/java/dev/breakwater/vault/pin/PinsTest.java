package dev.breakwater.vault.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.blob.FolderStore;
import dev.breakwater.vault.blob.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A pin")
class PinsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Entropy entropy = Seed.orUsual(31).entropy();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T21:00:00Z"));
    private final MachineId machine = new MachineId(entropy.uuid());
    private final MachineId other = new MachineId(entropy.uuid());

    @TempDir
    private Path folder;

    private ObjectStore store;
    private Pins pins;

    @BeforeEach
    void open() throws Exception {
        store = FolderStore.open(folder, entropy);
        pins = new Pins(store, entropy, now::get);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    @DisplayName("holds until it is released")
    void released() throws Exception {
        Pin pin = pins.pin(machine, 0x7fff_ffff_ffff_ffffL, HOUR);
        assertThat(pins.live(machine)).containsExactly(pin);
        assertThat(pins.live(other)).isEmpty();
        assertThat(pins.live()).containsExactly(pin);
        pins.release(pin);
        pins.release(pin);
        assertThat(pins.live()).isEmpty();
    }

    @Test
    @DisplayName("ends by itself, later than its expiry by the tolerance for clocks that differ")
    void expires() throws Exception {
        Pin pin = pins.pin(machine, 5, HOUR);
        pass(HOUR.plus(Pins.CLOCK_TOLERANCE).minusMillis(1));
        assertThat(pins.live(machine)).containsExactly(pin);
        assertThat(pins.removeExpired(machine)).isZero();
        pass(Duration.ofMillis(1));
        assertThat(pins.live(machine)).isEmpty();
        assertThat(pins.removeExpired(machine)).isEqualTo(1);
        assertThat(store.list("pins/", "", 10)).isEmpty();
    }

    @Test
    @DisplayName("is renewed without a gap, counts once, and is released whole")
    void renewed() throws Exception {
        Pin pin = pins.pin(machine, 5, HOUR);
        Pin same = pins.renew(pin, HOUR);
        assertThat(pins.live(machine)).containsExactly(same);
        pass(HOUR.minusMinutes(1));
        Pin renewed = pins.renew(same, HOUR);
        assertThat(renewed.id()).isEqualTo(pin.id());
        assertThat(pins.live(machine)).containsExactly(renewed);
        pass(HOUR);
        assertThat(pins.live(machine)).containsExactly(renewed);
        pins.release(pin);
        assertThat(pins.live(machine)).isEmpty();
    }

    @Test
    @DisplayName("is not confused by strange objects beside it, nor asked for without bounds")
    void strangers() throws Exception {
        Pin pin = pins.pin(machine, 5, HOUR);
        store.putIfAbsent("pins/" + machine + "/stranger", java.util.List.of());
        assertThat(pins.live(machine)).containsExactly(pin);
        assertThatThrownBy(() -> pins.pin(machine, 5, Duration.ofDays(2))).hasMessageContaining("up to");
        assertThatThrownBy(() -> pins.pin(machine, 5, Duration.ZERO)).hasMessageContaining("up to");
    }
}

package dev.breakwater.vault.pin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.MachineId;
import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hostile name among the pins")
class PinNameFuzzTest {

    @Test
    @DisplayName("is refused, or is the very name under which that pin would be stored")
    void names() throws IOException {
        Pin pin = new Pin(new MachineId(new UUID(1, 2)), new UUID(3, 4), 17, Instant.parse("2026-11-22T22:00:00Z"));
        Fuzz.of("pin-name")
                .good(pin.objectName())
                .words("pins/", "-", "--------", "0000", "ffffffffffffffff", "/../")
                .refusesWith(IllegalArgumentException.class)
                .run(input -> {
                    String name = new String(input, StandardCharsets.UTF_8);
                    Pin read = Pin.parse(name);
                    assertThat(read.objectName()).isEqualTo(name);
                    assertThat(read.expiry().plus(Pins.CLOCK_TOLERANCE)).isAfter(read.expiry());
                });
    }
}

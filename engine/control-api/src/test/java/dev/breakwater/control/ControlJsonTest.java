package dev.breakwater.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.PointOrder;
import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.SealingKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.model.VaultId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlJsonTest {

    private final MachineId machine = new MachineId(new UUID(1, 2));
    private final DiskId disk = new DiskId(new UUID(3, 4));

    @Test
    @DisplayName("Orders and assignments survive the journey, identities and keys as text")
    void journey() throws JsonProcessingException {
        MachineOrders orders = new MachineOrders(
                7,
                machine,
                "web-1",
                new ReplicationTarget(new ProcessServerId(new UUID(5, 6)), List.of("10.0.0.1"), 9443, 2),
                ReplicationPolicy.DEFAULT,
                List.of(new DiskOrder(disk, "/dev/sda", 1 << 30, true)),
                List.of(new PointOrder(
                        new UUID(7, 8), new PointId(new UUID(9, 9)), PointType.CRASH_CONSISTENT, null, 60)),
                List.of());
        String json = ControlJson.mapper().writeValueAsString(orders);
        assertThat(json)
                .contains("\"machine\":\"" + machine + "\"", "\"rpoThreshold\":\"PT1H\"")
                .doesNotContain("runFrozen");
        assertThat(ControlJson.mapper().readValue(json, MachineOrders.class)).isEqualTo(orders);

        SealingKey key = SealingKey.of(new byte[32]);
        Assignments assignments = new Assignments(
                1,
                new Assignments.VaultAccess(new VaultId(new UUID(1, 1)), "/vault", "secret"),
                List.of(new Assignments.Assignment(
                        machine,
                        "web-1",
                        1,
                        List.of(),
                        key,
                        Map.of(disk, key),
                        ReplicationPolicy.DEFAULT,
                        List.of("ab12"),
                        3)));
        String sent = ControlJson.mapper().writeValueAsString(assignments);
        assertThat(ControlJson.mapper().readValue(sent, Assignments.class)).isEqualTo(assignments);
        assertThat(assignments.toString()).doesNotContain("secret", "AAAA");
    }

    @Test
    @DisplayName("Fields of a newer version are skipped")
    void newerVersion() throws JsonProcessingException {
        MachineOrders orders = ControlJson.mapper()
                .readValue(
                        "{\"version\":1,\"machine\":\"" + machine + "\",\"name\":\"a\",\"colour\":\"blue\"}",
                        MachineOrders.class);
        assertThat(orders.disks()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{}", "{\"version\":1,\"machine\":\"x\",\"name\":\"a\"}", "{\"version\":null}", "[1]", ""})
    @DisplayName("What is no message is refused")
    void refused(String json) {
        assertThatThrownBy(() -> ControlJson.mapper().readValue(json, MachineOrders.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "engine.example, engine.example, 443",
        "engine.example:8443, engine.example, 8443",
        "10.0.0.1:1, 10.0.0.1, 1",
        "[::1]:8443, ::1, 8443",
        "::1, ::1, 443",
        "[::1], ::1, 443"
    })
    @DisplayName("An address is read however it is written")
    void addresses(String text, String host, int port) {
        assertThat(EngineAddress.parse(text)).isEqualTo(new EngineAddress(host, port));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"", "host:", "host:x", "host:0", "host:65536", "a b:1", "[::1", "user@host:1", "host/path:1"})
    @DisplayName("What is no address is refused")
    void noAddress(String text) {
        assertThatThrownBy(() -> EngineAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.breakwater.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.EngineStatus;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.registration.RegistrationRequest;
import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Hostile text on port 443")
class HostileAnswerFuzzTest {

    private static final String ID = "\"00000000-0000-0001-0000-000000000002\"";

    private static final List<Class<?>> TYPES = List.of(
            MachineOrders.class,
            MachineInventory.class,
            MachineStatus.class,
            Assignments.class,
            DurableReport.class,
            ProcessServerHealth.class,
            RegistrationRequest.class,
            ProtectRequest.class,
            PointRequest.class,
            TestFailoverRequest.class,
            JobView.class,
            MachineView.class,
            EngineStatus.class,
            Event.class,
            ApiError.class);

    /// Enough fields for several types at once; each skips what it does not know.
    private static final String[] GOOD = {"""
        0{"version":3,"machine":%1$s,"name":"m1","target":{"id":%1$s,"hosts":["a"],"port":1,"epoch":2},
        "policy":{"name":"p","rpoThreshold":"PT15M","retention":"PT24H","crashConsistentEvery":"PT5M",
        "applicationConsistentEvery":"PT1H"},"disks":[{"id":%1$s,"device":"/dev/sda","sizeBytes":512,"boot":true}],
        "points":[{"orderId":%1$s,"pointId":%1$s,"type":"CRASH_CONSISTENT","timeoutSeconds":3}],
        "resyncs":[{"orderId":%1$s,"reason":"x"}]}""", """
        1{"hostName":"h","operatingSystem":"o","agentVersion":"1","firmware":"UEFI","cpus":2,"memoryBytes":5,
        "networkCards":[{"name":"eth0","macAddress":"00"}],"disks":[{"device":"/dev/sda","sizeBytes":1,"boot":false,
        "model":"m","mounts":["/"],"protectable":""}]}""", """
        2{"state":"IDLE","disks":[{"id":%1$s,"totalBytes":1,"doneBytes":1,"dirtyBytes":1,"sentBytes":1,
        "tracking":"t"}],"newestPoint":%1$s,"newestPointTime":"2026-11-25T00:00:00Z","bytesPerSecond":1,"spoolBytes":2,
        "lagMillis":3,"remarks":["r"]}""", """
        4{"slots":[{"machine":%1$s,"slot":1,"incarnation":%1$s,"generation":1,"receivedBytes":1,"storedBytes":1,
        "point":{"id":%1$s,"machine":%1$s,"slot":1,"time":"2026-11-25T00:00:00Z","type":"CRASH_CONSISTENT",
        "hardware":{"firmware":"BIOS","cpus":1,"memoryBytes":1,"networkCards":[],"disks":[]},"freezeMillis":1,
        "stallMillis":1,"changedBytes":1,"remarks":[]}}]}""", """
        ;{"id":%1$s,"name":"m1","state":"PROTECTED","testFailoverState":"NONE","health":"WARNING","disks":[],"problems":[
        {"cause":"rpo-exceeded","values":{"minutes":"70","thresholdMinutes":"15"},"text":"t"}]}""", """
        ={"number":1,"time":"2026-11-25T00:00:00Z","severity":"NORMAL","kind":"k","values":{"name":"web-1"},
        "problems":[{"cause":"silent","values":{"minutes":"4"},"text":"t"}],"text":"t"}"""};

    private static byte[][] good() {
        byte[][] good = new byte[GOOD.length][];
        for (int i = 0; i < good.length; i++) {
            good[i] = GOOD[i].formatted(ID).strip().getBytes(StandardCharsets.UTF_8);
        }
        return good;
    }

    @Test
    @DisplayName("is read as the message that it is, or refused")
    void messages() throws IOException {
        Fuzz.of("json")
                .good(good())
                .words("null", "[null]", "{}", "[".repeat(30), "1e999999999", "-1", "PT1H", "9223372036854775808")
                .refusesWith(IOException.class)
                .usually(4000)
                .run(input -> {
                    if (input.length == 0) {
                        return;
                    }
                    Class<?> type = TYPES.get(Math.floorMod(input[0] - '0', TYPES.size()));
                    byte[] text = java.util.Arrays.copyOfRange(input, 1, input.length);
                    Object read = ControlJson.mapper().readValue(text, type);
                    if (read != null) {
                        byte[] again = ControlJson.mapper().writeValueAsBytes(read);
                        assertThat(ControlJson.mapper().readValue(again, type)).isEqualTo(read);
                    }
                });
    }

    @Test
    @DisplayName("is cut into lines as they are sent, save one that never ends")
    void lines() throws IOException {
        String good = "id: 1\r\ndata: {}\n\ndata: " + "x".repeat(5000) + "\n";
        assertThat(BoundedLines.of(stream(good.getBytes(StandardCharsets.UTF_8))))
                .containsExactlyElementsOf(good.lines().toList());
        Fuzz.of("event-lines")
                .good(good)
                .refusesWith(UncheckedIOException.class)
                .usually(3000)
                .run(input -> {
                    long bytes = BoundedLines.of(stream(input))
                            .mapToLong(String::length)
                            .sum();
                    assertThat(bytes).isLessThanOrEqualTo(input.length);
                });
        byte[] endless = new byte[2 * BoundedLines.MAX_LINE_BYTES];
        assertThat(BoundedLines.of(stream(endless)).iterator())
                .satisfies(lines -> org.assertj.core.api.Assertions.assertThatThrownBy(lines::next)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("a line of more than"));
    }

    private static ByteArrayInputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    @Test
    @DisplayName("that should be an address is one, or is refused")
    void addresses() throws IOException {
        Fuzz.of("address")
                .good("server:443", "[::1]:8443", "10.0.0.1")
                .refusesWith(IllegalArgumentException.class)
                .usually(5000)
                .run(input -> {
                    EngineAddress address = EngineAddress.parse(new String(input, StandardCharsets.UTF_8));
                    assertThat(address.resource("/x").getPath()).isEqualTo("/x");
                });
    }
}

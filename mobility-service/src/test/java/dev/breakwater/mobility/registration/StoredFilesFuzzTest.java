package dev.breakwater.mobility.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.ControlJson;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.mobility.spool.Spool;
import dev.breakwater.mobility.status.AgentStatus;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A damaged file of the mobility service")
class StoredFilesFuzzTest {

    private static final MachineId MACHINE = new MachineId(new UUID(1, 2));
    private static final DiskId DISK = new DiskId(new UUID(3, 4));

    @TempDir
    Path folder;

    private static String json(Object value) throws IOException {
        return ControlJson.mapper().writeValueAsString(value);
    }

    private static Fuzz fuzz(String name, String good) {
        return Fuzz.of(name)
                .good(good)
                .words("null", "{}", "[]", "[null]", "-1", "1e400", "\"\"", "9223372036854775808")
                .refusesWith(IOException.class);
    }

    @Test
    @DisplayName("that holds the registration is refused, or names a server")
    void registration() throws IOException {
        var agent = new AgentFolder(folder);
        String good = json(new AgentFolder.Registration("server:443", MACHINE, "m1"));
        fuzz("registration", good).refusesWith(IllegalArgumentException.class).run(input -> {
            Files.write(folder.resolve("registration.json"), input);
            EngineAddress _ = agent.requireRegistration().address();
        });
    }

    @Test
    @DisplayName("that holds orders is refused, or gives orders")
    void orders() throws IOException {
        Path file = folder.resolve("orders.json");
        var orders = new MachineOrders(
                3,
                MACHINE,
                "m1",
                null,
                null,
                List.of(new DiskOrder(DISK, "/dev/sda", 512, true)),
                List.of(),
                List.of());
        fuzz("orders", json(orders)).run(input -> {
            Files.write(file, input);
            MachineOrders read = ControlJson.read(file, MachineOrders.class);
            read.disks().forEach(disk -> disk.id().uuid());
        });
    }

    @Test
    @DisplayName("that holds the status is refused, or gives a status")
    void status() throws IOException {
        Path file = folder.resolve("status.json");
        var status = new AgentStatus(
                true,
                "server:443",
                MACHINE,
                "m1",
                Instant.EPOCH,
                null,
                new MachineStatus(MachineState.REPLICATING, List.of(), null, null, 1, 2, 3, List.of("x"), null, null));
        fuzz("status", json(status)).run(input -> {
            Files.write(file, input);
            AgentStatus.read(file).orElseThrow().stopped();
        });
    }

    @Test
    @DisplayName("that describes a spooled point costs that point at most")
    void spool() throws IOException {
        Path spool = folder.resolve("spool");
        Path file = spool.resolve("points/00000001.json");
        String good = """
                {"number":1,"incarnation":"%s","generation":2,"base":1,"disks":["%s"],"bytes":0,"changedBytes":0,
                "point":{"id":"%s","type":"CRASH_CONSISTENT","time":"2026-11-25T00:00:00Z","freezeMillis":1,
                "stallMillis":2,"remarks":[],"hardware":{"firmware":"BIOS","cpus":1,"memoryBytes":1,"networkCards":[],
                "disks":[]}}}""".formatted(new UUID(5, 6), DISK, new UUID(7, 8));
        Files.createDirectories(file.getParent());
        fuzz("spooled-point", good).usually(1000).run(input -> {
            Files.write(file, input);
            Spool opened = Spool.open(spool, 1 << 20, InstantSource.system(), Entropy.system());
            assertThat(opened.points())
                    .allSatisfy(point -> assertThat(point.disks()).doesNotContainNull());
            opened.clear();
        });
    }
}

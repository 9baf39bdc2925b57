package dev.breakwater.mobility.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.model.DiskId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Replication with orders that it cannot carry out")
class RefusedOrdersTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("sends nothing of a machine with a disk that it does not offer, and says why")
    void notOffered() throws Exception {
        var sim = new ReplicationSimulation(1, folder);
        String device = sim.orders().disks().getLast().device();
        sim.withheld.add(device);
        sim.steps(20);
        assertThat(sim.vault.slots).isEmpty();
        assertThat(sim.replication().sentBytes()).isZero();
        assertThat(sim.replication().status(0).remarks()).contains(device + " is not offered");

        sim.withheld.clear();
        sim.settle();
        assertThat(sim.replication().status(0).remarks()).noneMatch(remark -> remark.contains("not offered"));
    }

    /// The orders of now with one more disk.
    private MachineOrders oneMoreDisk(ReplicationSimulation sim) throws Exception {
        Path image = folder.resolve("one-more");
        Files.write(image, new byte[1 << 20]);
        var orders = sim.orders();
        var disks = new ArrayList<>(orders.disks());
        disks.add(new DiskOrder(new DiskId(new UUID(7, 9)), image.toString(), 1 << 20, false));
        return new MachineOrders(
                orders.version() + 1,
                orders.machine(),
                orders.name(),
                orders.target(),
                orders.policy(),
                disks,
                orders.points(),
                orders.resyncs());
    }

    @ParameterizedTest(name = "offered: {0}")
    @DisplayName("is blocked, and says why, while it cannot take one more disk; with the orders of before it goes on")
    @ValueSource(booleans = {false, true})
    void refusedWhileReplicating(boolean offered) throws Exception {
        var sim = new ReplicationSimulation(1, folder);
        sim.settle();
        var more = oneMoreDisk(sim);
        if (!offered) {
            sim.withheld.add(more.disks().getLast().device());
        }
        sim.replication().orders(more);
        sim.steps(20);
        assertThat(sim.replication().status(0).state()).isEqualTo(MachineState.BLOCKED);
        assertThat(sim.replication().status(0).remarks())
                .anyMatch(remark -> remark.contains(offered ? "cannot be captured" : "is not offered"));

        sim.replication().orders(sim.orders());
        sim.settle();
        assertThat(sim.replication().status(0).state()).isEqualTo(MachineState.REPLICATING);
        assertThat(sim.replication().status(0).remarks()).isEmpty();
    }
}

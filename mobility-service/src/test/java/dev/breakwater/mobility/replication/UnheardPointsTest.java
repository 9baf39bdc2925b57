package dev.breakwater.mobility.replication;

import static dev.breakwater.mobility.replication.ReplicationSimulation.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.machine.PointOrder;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is run while file systems stand still runs once for a point: a second point under its name would be another.
@DisplayName("A machine that did not hear what became of a point")
class UnheardPointsTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "does not take a point again that was stored before the connection was lost, and answers who asked for it")
    void storedUnheard() throws Exception {
        var sim = new ReplicationSimulation(9, folder);
        var wanted = storedUnheard(sim);
        sim.vault.stop(FIRST);
        sim.settle();
        assertThat(sim.answers.get(wanted.orderId()).succeeded()).isTrue();
        assertThat(times(wanted, sim)).isOne();
    }

    @Test
    @DisplayName("does not take a point again that was stored before it died, and answers who asked for it")
    void storedBeforeDeath() throws Exception {
        var sim = new ReplicationSimulation(9, folder);
        var wanted = storedUnheard(sim);
        sim.kill();
        sim.settle();
        assertThat(sim.answers.get(wanted.orderId()).succeeded()).isTrue();
        assertThat(times(wanted, sim)).isOne();
    }

    @Test
    @DisplayName("takes points into the spool meanwhile, but not that one again")
    void storedAndAway() throws Exception {
        var sim = new ReplicationSimulation(9, folder);
        var wanted = storedUnheard(sim);
        sim.vault.stop(FIRST);
        for (int i = 0; i < 200; i++) {
            sim.machine.write();
            sim.step();
        }
        assertThat(sim.replication().status(0).spoolBytes()).isPositive();
        sim.settle();
        assertThat(sim.answers.get(wanted.orderId()).succeeded()).isTrue();
        assertThat(times(wanted, sim)).isOne();
    }

    @Test
    @DisplayName("takes it again if it was not stored, and answers who asked for it")
    void notStored() throws Exception {
        var sim = new ReplicationSimulation(9, folder);
        sim.settle();
        var wanted = ordered(sim);
        for (int i = 0; i < 50 && !sim.vault.hasUnstored(wanted.pointId()); i++) {
            sim.step();
        }
        assertThat(sim.vault.hasUnstored(wanted.pointId())).isTrue();
        sim.vault.loseUnstored();
        sim.settle();
        assertThat(sim.answers.get(wanted.orderId()).succeeded()).isTrue();
        assertThat(times(wanted, sim)).isOne();
    }

    private static PointOrder ordered(ReplicationSimulation sim) throws Exception {
        var wanted =
                new PointOrder(UUID.randomUUID(), new PointId(UUID.randomUUID()), PointType.CRASH_CONSISTENT, null, 30);
        sim.pointOrders.add(wanted);
        sim.tellOrders();
        return wanted;
    }

    /// A point that the machine was asked for and has sent, and that the vault has without the machine's knowledge.
    private static PointOrder storedUnheard(ReplicationSimulation sim) throws Exception {
        sim.settle();
        var wanted = ordered(sim);
        for (int i = 0; i < 50 && times(wanted, sim) == 0; i++) {
            sim.step();
            if (sim.vault.open != null) {
                sim.vault.open.commit(false);
            }
        }
        assertThat(times(wanted, sim)).isOne();
        assertThat(sim.answers).isEmpty();
        return wanted;
    }

    private static long times(PointOrder wanted, ReplicationSimulation sim) {
        return sim.vault.slots.stream()
                .flatMap(slot -> slot.point().stream())
                .filter(point -> point.id().equals(wanted.pointId()))
                .count();
    }
}

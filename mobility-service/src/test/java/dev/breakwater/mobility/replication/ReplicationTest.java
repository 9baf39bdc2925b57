package dev.breakwater.mobility.replication;

import static dev.breakwater.mobility.replication.ReplicationSimulation.FIRST;
import static dev.breakwater.mobility.replication.ReplicationSimulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.changelog.HrlChain;
import dev.breakwater.changelog.HrlCheck;
import dev.breakwater.changelog.HrlFinding;
import dev.breakwater.control.machine.MachineOrders;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.machine.PointOrder;
import dev.breakwater.control.machine.ResyncOrder;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.wire.Message.PointMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Replication")
class ReplicationTest {

    @TempDir
    Path folder;

    private ReplicationSimulation simulation(long seed) throws Exception {
        return new ReplicationSimulation(seed, folder);
    }

    private List<Path> logs() throws Exception {
        try (var files = Files.walk(folder.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".hrl"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    @DisplayName("waits while there is nothing to protect, instead of keeping a processor busy")
    void idle() throws Exception {
        var sim = simulation(1);
        var nothing = sim.orders();
        sim.replication()
                .orders(new MachineOrders(
                        nothing.version(),
                        nothing.machine(),
                        nothing.name(),
                        null,
                        null,
                        List.of(),
                        List.of(),
                        List.of()));
        for (int i = 0; i < 5; i++) {
            assertThat(sim.replication().step()).isPositive();
        }
    }

    @Test
    @DisplayName("begins with everything, then takes points by policy, without a comparison")
    void initial() throws Exception {
        var sim = simulation(1);
        sim.settle();
        assertThat(sim.replication().status(0).state()).isEqualTo(MachineState.REPLICATING);
        sim.machine.write();
        sim.settle();
        assertThat(sim.vault.comparisons).isZero();
    }

    @Test
    @DisplayName("goes on taking points while the process server is away, as chained logs, and delivers them in order")
    void spool() throws Exception {
        var sim = simulation(2);
        sim.settle();
        long before = sim.points();
        sim.vault.stop(FIRST);
        for (int i = 0; i < 200; i++) {
            sim.machine.write();
            sim.step();
        }
        assertThat(sim.points()).isEqualTo(before);
        assertThat(sim.replication().status(0).state()).isEqualTo(MachineState.SPOOLING);
        var logs = logs();
        assertThat(logs).hasSizeGreaterThan(6);
        for (var disk : sim.machine.disks) {
            var mine = logs.stream()
                    .filter(log -> log.toString().contains(disk.id().toString()))
                    .toList();
            var findings = new ArrayList<HrlFinding>();
            assertThat(HrlChain.order(mine, findings::add)).isEqualTo(mine);
            for (var log : mine) {
                assertThat(HrlCheck.check(log, findings::add).sound()).isTrue();
            }
            assertThat(findings).isEmpty();
        }
        sim.settle();
        var times = sim.vault.slots.stream()
                .flatMap(slot -> slot.point().stream())
                .map(PointMetadata::time)
                .toList();
        assertThat(times).isSortedAccordingTo(Instant::compareTo);
        assertThat(sim.points()).isGreaterThan(before + logs.size() / 2);
        assertThat(sim.vault.comparisons).isZero();
        assertThat(logs()).isEmpty();
    }

    @Test
    @DisplayName("past the quota keeps only ranges, and is exact again when the process server is back")
    void quota() throws Exception {
        var sim = simulation(3);
        sim.quotaBytes = 1 << 20;
        sim.settle();
        sim.vault.stop(FIRST);
        for (int i = 0; i < 600; i++) {
            sim.machine.write();
            sim.step();
        }
        assertThat(sim.replication().status(0).spoolBytes()).isLessThan(1 << 20);
        sim.settle();
        assertThat(sim.vault.comparisons).isZero();
    }

    @Test
    @DisplayName("moves to another process server without a comparison")
    void move() throws Exception {
        var sim = simulation(4);
        sim.settle();
        sim.machine.write();
        sim.moveTo(SECOND);
        sim.settle();
        sim.vault.stop(FIRST);
        sim.machine.write();
        sim.settle();
        assertThat(sim.vault.comparisons).isZero();
    }

    @Test
    @DisplayName("after a restart of the machine compares by digest and sends only what differs")
    void reboot() throws Exception {
        var sim = simulation(5);
        sim.settle();
        sim.kill();
        sim.machine.write();
        sim.machine.reboot();
        sim.settle();
        assertThat(sim.vault.comparisons).isPositive();
    }

    @Test
    @DisplayName("delivers spooled points of before a restart of the machine, then compares")
    void rebootWithSpool() throws Exception {
        var sim = simulation(6);
        sim.settle();
        sim.vault.stop(FIRST);
        for (int i = 0; i < 100; i++) {
            sim.machine.write();
            sim.step();
        }
        int spooled = logs().size() / 2;
        long before = sim.points();
        assertThat(spooled).isGreaterThan(1);
        sim.kill();
        sim.machine.write();
        sim.machine.reboot();
        sim.settle();
        assertThat(sim.points()).isGreaterThan(before + spooled);
        assertThat(sim.vault.comparisons).isPositive();
    }

    @Test
    @DisplayName("a vault that was rolled back is noticed and repaired by a comparison")
    void rolledBack() throws Exception {
        var sim = simulation(7);
        sim.settle();
        sim.machine.write();
        sim.settle();
        sim.vault.stop(FIRST);
        sim.steps(3);
        sim.vault.slots.removeLast();
        sim.vault.slots.removeLast();
        sim.kill();
        sim.settle();
        assertThat(sim.vault.comparisons).isPositive();
    }

    @Test
    @DisplayName("a damaged spool costs its points and a comparison, not data")
    void damagedSpool() throws Exception {
        var sim = simulation(8);
        sim.settle();
        sim.vault.stop(FIRST);
        for (int i = 0; i < 150; i++) {
            sim.machine.write();
            sim.step();
        }
        byte[] bytes = Files.readAllBytes(logs().get(1));
        bytes[bytes.length - 5000] ^= 1;
        bytes[8200] ^= 1;
        Files.write(logs().get(1), bytes);
        sim.settle();
        assertThat(sim.vault.comparisons).isPositive();
    }

    @Test
    @DisplayName("takes the points that were asked for, with their identity, and answers when they are durable")
    void orders() throws Exception {
        var sim = simulation(9);
        sim.settle();
        var wanted =
                new PointOrder(UUID.randomUUID(), new PointId(UUID.randomUUID()), PointType.CRASH_CONSISTENT, null, 30);
        sim.pointOrders.add(wanted);
        sim.moveTo(FIRST);
        sim.step();
        sim.step();
        assertThat(sim.answers).isEmpty();
        sim.settle();
        assertThat(sim.answers.get(wanted.orderId()).succeeded()).isTrue();
        assertThat(sim.vault.slots.stream()
                        .flatMap(slot -> slot.point().stream())
                        .filter(point -> point.id().equals(wanted.pointId())))
                .hasSize(1);
    }

    @Test
    @DisplayName("answers an order that cannot be carried out with the reason, and goes on")
    void failedOrder() throws Exception {
        var sim = simulation(10);
        sim.settle();
        var wanted =
                new PointOrder(UUID.randomUUID(), new PointId(UUID.randomUUID()), PointType.CRASH_CONSISTENT, null, 30);
        sim.pointOrders.add(wanted);
        sim.machine.notNow = 50;
        sim.moveTo(FIRST);
        sim.steps(200);
        assertThat(sim.answers.get(wanted.orderId()).succeeded()).isFalse();
        assertThat(sim.answers.get(wanted.orderId()).message()).contains("not now");
        sim.settle();
    }

    @Test
    @DisplayName("compares when asked to, and says when it is done")
    void resyncOrder() throws Exception {
        var sim = simulation(11);
        sim.settle();
        var order = new ResyncOrder(UUID.randomUUID(), "by hand");
        sim.resyncOrders.add(order);
        sim.moveTo(FIRST);
        sim.settle();
        assertThat(sim.answers).containsKey(order.orderId());
        assertThat(sim.vault.comparisons).isPositive();
    }

    @Test
    @DisplayName("compares after the first copy on the same connection, instead of copying again")
    void resyncAfterFirstCopy() throws Exception {
        var sim = simulation(12);
        sim.settle();
        long sent = sim.replication().sentBytes();
        sim.resyncOrders.add(new ResyncOrder(UUID.randomUUID(), "by hand"));
        sim.tellOrders();
        sim.settle();
        assertThat(sim.vault.comparisons).isPositive();
        // The machine goes on writing a little while its disks are read.
        assertThat(sim.replication().sentBytes() - sent)
                .as("bytes sent again, of %d", sent)
                .isLessThan(sent / 2);
    }

    @Test
    @DisplayName("has compared only when a point with what differed is in the vault")
    void resyncIsDurable() throws Exception {
        var sim = simulation(13);
        sim.settle();
        var order = new ResyncOrder(UUID.randomUUID(), "by hand");
        sim.resyncOrders.add(order);
        sim.tellOrders();
        long points = sim.points();
        for (int i = 0; i < 3000 && !sim.answers.containsKey(order.orderId()); i++) {
            sim.steps(1);
        }
        assertThat(sim.answers).containsKey(order.orderId());
        assertThat(sim.points()).isGreaterThan(points);
    }

    /// While this stands, what replication remembers cannot be written.
    private Path memoryCannotBeWritten() throws Exception {
        return Files.createDirectories(folder.resolve("replication.json.new").resolve("in the way"));
    }

    private void memoryCanBeWritten(Path obstacle) throws Exception {
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
    }

    @Test
    @DisplayName("compares when asked to, also if it could not take note of that at first")
    void resyncOrderAgain() throws Exception {
        var sim = simulation(11);
        sim.settle();
        var order = new ResyncOrder(UUID.randomUUID(), "by hand");
        sim.resyncOrders.add(order);
        Path obstacle = memoryCannotBeWritten();
        sim.moveTo(FIRST);
        sim.steps(5);
        memoryCanBeWritten(obstacle);
        sim.settle();
        assertThat(sim.answers).containsKey(order.orderId());
        assertThat(sim.vault.comparisons).isPositive();
    }

    @Test
    @DisplayName("a damaged spool costs no data, also if it could not take note of that at first")
    void damagedSpoolAgain() throws Exception {
        var sim = simulation(8);
        sim.settle();
        sim.vault.stop(FIRST);
        for (int i = 0; i < 150; i++) {
            sim.machine.write();
            sim.step();
        }
        byte[] bytes = Files.readAllBytes(logs().getFirst());
        bytes[bytes.length - 5000] ^= 1;
        bytes[8200] ^= 1;
        Files.write(logs().getFirst(), bytes);
        Path obstacle = memoryCannotBeWritten();
        sim.vault.down.clear();
        sim.steps(100);
        memoryCanBeWritten(obstacle);
        sim.settle();
        assertThat(sim.vault.comparisons).isPositive();
    }

    @Test
    @DisplayName("answers who asked for a point, also if it could not take note of that at first")
    void orderAgain() throws Exception {
        var sim = simulation(9);
        sim.settle();
        var wanted =
                new PointOrder(UUID.randomUUID(), new PointId(UUID.randomUUID()), PointType.CRASH_CONSISTENT, null, 30);
        sim.pointOrders.add(wanted);
        sim.moveTo(FIRST);
        Path obstacle = memoryCannotBeWritten();
        sim.steps(20);
        assertThat(sim.answers).isEmpty();
        memoryCanBeWritten(obstacle);
        sim.settle();
        sim.settle();
        assertThat(sim.answers.get(wanted.orderId()).succeeded()).isTrue();
    }

    @Test
    @DisplayName("has an empty spool again, also if a log could not be deleted at first")
    void logCannotBeDeleted() throws Exception {
        var sim = simulation(2);
        sim.settle();
        sim.vault.stop(FIRST);
        for (int i = 0; i < 100; i++) {
            sim.machine.write();
            sim.step();
        }
        Path stubborn = logs().getFirst();
        sim.vault.down.clear();
        for (int i = 0; i < 100 && sim.vault.open == null; i++) {
            sim.step();
        }
        sim.steps(1);
        assertThat(sim.replication().status(0).spoolBytes()).isPositive();
        Files.delete(stubborn);
        Path inside = Files.createDirectories(stubborn.resolve("in the way"));
        sim.settle();
        assertThat(sim.replication().status(0).spoolBytes()).isZero();
        Files.delete(inside);
        sim.vault.stop(FIRST);
        for (int i = 0; i < 100; i++) {
            sim.machine.write();
            sim.step();
        }
        assertThat(sim.replication().status(0).spoolBytes()).isPositive();
        sim.settle();
        assertThat(logs()).isEmpty();
    }

    @Test
    @DisplayName("takes and delivers points in their order while the machine's clock jumps minutes back and forth")
    void clockJumps() throws Exception {
        var sim = simulation(12);
        sim.settle();
        for (long seconds : new long[] {-600, 900, -1200}) {
            sim.jumpClock(seconds);
            sim.vault.stop(FIRST);
            for (int i = 0; i < 60; i++) {
                sim.machine.write();
                sim.step();
            }
            sim.vault.down.clear();
            long before = sim.points();
            for (int i = 0; i < 3000 && sim.points() < before + 4; i++) {
                sim.machine.write();
                sim.step();
                sim.vault.advance();
                assertThat(sim.replication().status(0).lagMillis()).isNotNegative();
            }
            assertThat(sim.points()).as("after a jump of " + seconds + " s").isEqualTo(before + 4);
        }
        sim.check();
        assertThat(sim.vault.slots)
                .extracting(slot -> slot.generation())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(sim.vault.comparisons).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @DisplayName("survives kills, lost connections, absences, moves and losses: every durable point is exact")
    @ValueSource(longs = {100, 101, 102, 103, 104, 105})
    void chaos(long seed) throws Exception {
        var sim = simulation(seed);
        sim.vault.flaky = true;
        sim.killChance = 600;
        for (int i = 0; i < 1000; i++) {
            switch (sim.random.nextInt(60)) {
                case 0 -> sim.vault.stop(sim.assigned);
                case 1, 2 -> sim.vault.down.clear();
                case 3 -> sim.moveTo(sim.random.nextBoolean() ? FIRST : SECOND);
                case 4 -> sim.kill();
                case 5 -> {
                    if (sim.vault.open != null) {
                        sim.vault.open.die("cut");
                    }
                }
                case 6 -> sim.machine.lost |= sim.random.nextInt(8) == 0;
                case 7 -> sim.machine.notNow = sim.random.nextInt(3);
                case 8 -> {
                    if (sim.random.nextInt(10) == 0) {
                        sim.kill();
                        sim.machine.reboot();
                    }
                }
                default -> sim.machine.write();
            }
            sim.step();
            if (sim.random.nextInt(3) != 0) {
                sim.vault.advance();
            }
            sim.check();
        }
        sim.settle();
        sim.settle();
        assertThat(sim.points()).isGreaterThan(5);
    }
}

package dev.breakwater.vault.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.log.FencedException;
import dev.breakwater.vault.log.GenerationClose;
import dev.breakwater.vault.log.GenerationWriter;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.MemoryStore;
import dev.breakwater.vault.log.PracticeMachine;
import dev.breakwater.vault.log.WriterLimits;
import dev.breakwater.vault.reading.MachineReader;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Maintenance of a machine's log")
class MaintenanceTest {

    private static final Duration THREE_DAYS = Duration.ofDays(3);

    private final MemoryStore store = new MemoryStore();

    private static MaintenanceLimits limits(int slotsPerCompaction, int inlineBytes) {
        return new MaintenanceLimits(
                8, slotsPerCompaction, Duration.ofHours(1), Duration.ofDays(1), 1 << 20, inlineBytes, 1L << 30);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("keeps every listed point exact through merges, pruning, compaction, deletion and reopening")
    void everyListedPointStaysExact(long seed) throws Exception {
        PracticeMachine machine = new PracticeMachine(new Seed(seed), 2, 300);
        MaintenanceLimits limits = limits(seed % 2 == 0 ? 12 : 40, seed > 2 ? 0 : 512 << 10);
        WriterLimits writerLimits = new WriterLimits(1 << 20, seed > 2 ? 4096 : 1 << 20, 1 << 20, 1);
        int compared = 0;
        for (int session = 0; session < 6; session++) {
            MachineMaintenance maintenance = MachineMaintenance.of(
                    machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, limits);
            try (MachineWriter writer = machine.writer(store, writerLimits)) {
                for (int i = 0; i < 20; i++) {
                    if (machine.random().nextInt(4) == 0) {
                        machine.partial(writer, machine.random().nextInt(6));
                    }
                    machine.point(writer, machine.random().nextInt(8));
                    machine.pass(Duration.ofMinutes(15));
                    maintenance.run(THREE_DAYS);
                }
            }
            try (MachineReader reader = MachineReader.open(machine.in(store))) {
                compared += machine.verify(reader);
                assertThat(reader.lastDurable().orElseThrow().point())
                        .contains(reader.points().getLast().id());
            }
        }
        assertThat(compared).isGreaterThan(100);
        assertThat(compared).isLessThan(20 * (1 + 2 + 3 + 4 + 5 + 6));
    }

    @Test
    @DisplayName("never replaces sound data by a copy that was damaged on its way")
    void damageOnTheWay() throws Exception {
        PracticeMachine machine = new PracticeMachine(new Seed(7), 2, 300);
        MachineMaintenance maintenance = MachineMaintenance.of(
                machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, limits(12, 512 << 10));
        try (MachineWriter writer = machine.writer(store, new WriterLimits(1 << 20, 4096, 1 << 20, 1))) {
            for (int i = 0; i < 40; i++) {
                machine.point(writer, 3);
                machine.pass(Duration.ofMinutes(15));
                store.damageOnTheWay(true);
                maintenance.run(THREE_DAYS);
                store.damageOnTheWay(false);
            }
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(machine.verify(reader)).isPositive();
        }
    }

    @Test
    @DisplayName("frees the space of points that are pruned")
    void spaceIsFreed() throws Exception {
        PracticeMachine machine = new PracticeMachine(Seed.orUsual(5), 1, 300);
        MachineMaintenance maintenance = MachineMaintenance.of(
                machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, limits(288, 512 << 10));
        try (MachineWriter writer = machine.writer(store)) {
            for (int i = 0; i < 100; i++) {
                machine.point(writer, 10);
                machine.pass(Duration.ofMinutes(5));
            }
            long before = storedBytes();
            for (int i = 0; i < 3; i++) {
                maintenance.runFully(Duration.ZERO);
                machine.pass(Duration.ofHours(2));
            }
            // What compaction recorded is deleted by the run after the grace period.
            machine.pass(Duration.ofDays(2));
            machine.point(writer, 1);
            maintenance.runFully(Duration.ZERO);
            machine.pass(Duration.ofDays(2));
            maintenance.runFully(Duration.ZERO);
            // One disk of 300 blocks is all that is left to keep.
            assertThat(storedBytes()).isLessThan(before / 4).isLessThan(3 * 300 * 4096);
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(machine.verify(reader)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("prunes a log to which nothing is added any more, down to its newest point, and then rests altogether")
    void idleLog() throws Exception {
        PracticeMachine machine = new PracticeMachine(Seed.orUsual(15), 1, 300);
        try (MachineWriter writer = machine.writer(store)) {
            for (int i = 0; i < 30; i++) {
                machine.point(writer, 10);
                machine.pass(Duration.ofMinutes(5));
                maintenance(machine).run(THREE_DAYS);
            }
        }
        long before = storedBytes();
        // Each look is made by another process: nothing is remembered but what the vault says.
        for (int hour = 0; hour < 24 * 5; hour++) {
            machine.pass(Duration.ofHours(1));
            maintenance(machine).run(THREE_DAYS);
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(machine.verify(reader)).isEqualTo(1);
        }
        // One point of 300 blocks is left; objects of which half is needed are not worth copying.
        assertThat(storedBytes()).isLessThan(before).isLessThan(3 * 300 * 4096);
        Set<String> resting = Set.copyOf(store.objects().keySet());
        for (int hour = 0; hour < 24 * 5; hour++) {
            machine.pass(Duration.ofHours(1));
            maintenance(machine).run(THREE_DAYS);
        }
        assertThat(store.objects().keySet()).isEqualTo(resting);
    }

    private MachineMaintenance maintenance(PracticeMachine machine) {
        return MachineMaintenance.of(
                machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, MaintenanceLimits.DEFAULT);
    }

    private long storedBytes() {
        return store.objects().values().stream()
                .mapToLong(object -> object.length)
                .sum();
    }

    @Test
    @DisplayName("adds at most 120 objects for 100 small points of a machine with 3 disks")
    void fewObjects() throws Exception {
        PracticeMachine machine = new PracticeMachine(Seed.orUsual(6), 3, 300);
        MachineMaintenance maintenance = MachineMaintenance.of(
                machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, MaintenanceLimits.DEFAULT);
        Set<String> everMade = new HashSet<>();
        try (MachineWriter writer = machine.writer(store)) {
            for (int i = 0; i < 100; i++) {
                machine.point(writer, 6);
                machine.pass(Duration.ofMinutes(5));
                maintenance.run(THREE_DAYS);
                everMade.addAll(store.objects().keySet());
            }
        }
        assertThat(everMade).hasSizeLessThanOrEqualTo(120);
        assertThat(store.objects()).hasSizeLessThanOrEqualTo(120);
    }

    @Test
    @DisplayName("lets a log of 4,000 points be opened with at most 20 calls to the store")
    void openingIsCheap() throws Exception {
        PracticeMachine machine = new PracticeMachine(Seed.orUsual(7), 1, 8);
        MachineMaintenance maintenance = MachineMaintenance.of(
                machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, limits(100_000, 512 << 10));
        try (MachineWriter writer = machine.writer(store)) {
            for (int i = 0; i < 4000; i++) {
                machine.point(writer, 1);
                // All within two hours, so that all are kept.
                machine.pass(Duration.ofMillis(1700));
                if (i % 100 == 0 || (i > 3900 && i < 3993)) {
                    maintenance.run(THREE_DAYS);
                }
            }
        }
        store.resetCalls();
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(reader.points()).hasSize(4000);
            assertThat(store.calls()).isLessThanOrEqualTo(20);
            store.resetCalls();
            RecoveryPoint middle = reader.points().get(2000);
            byte[] read = machine.read(reader, middle.id(), machine.disks().getFirst());
            assertThat(read)
                    .isEqualTo(machine.points()
                            .get(middle.id())
                            .get(machine.disks().getFirst()));
        }
    }

    @Test
    @DisplayName("keeps a pinned point, also one that was pinned just before it was dropped")
    void pinsWin() throws Exception {
        PracticeMachine machine = new PracticeMachine(Seed.orUsual(8), 1, 100);
        Set<Long> pins = new HashSet<>();
        MachineMaintenance maintenance = MachineMaintenance.of(
                machine.in(store), machine.entropy(), machine::now, () -> Set.copyOf(pins), limits(288, 512 << 10));
        try (MachineWriter writer = machine.writer(store)) {
            for (int i = 0; i < 8; i++) {
                machine.point(writer, 5);
            }
            machine.pass(Duration.ofHours(1));
            maintenance.run(Duration.ZERO);
            // The checkpoint has retired 1 to 7; a reader that still saw point 3 pinned it a moment before.
            pins.add(3L);
            for (int round = 0; round < 3; round++) {
                machine.point(writer, 5);
                maintenance.runFully(Duration.ZERO);
                machine.pass(Duration.ofDays(2));
            }
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(reader.points().stream().map(RecoveryPoint::slot)).containsExactly(3L, 11L);
            assertThat(machine.verify(reader)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("does not delete segments of a generation that was open meanwhile")
    void openGenerationIsSafe() throws Exception {
        PracticeMachine machine = new PracticeMachine(Seed.orUsual(9), 1, 1000);
        MachineMaintenance maintenance = MachineMaintenance.of(
                machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, limits(288, 512 << 10));
        try (MachineWriter writer = machine.writer(store, new WriterLimits(1 << 20, 0, 1 << 20, 1))) {
            machine.point(writer, 5);
            GenerationWriter open = machine.begin(writer);
            machine.fill(open);
            maintenance.runFully(THREE_DAYS);
            machine.pass(Duration.ofHours(23));
            maintenance.runFully(THREE_DAYS);
            GenerationClose.Point close = machine.pointClose();
            open.commit(close).join();
            machine.remember(close.id());
            machine.pass(Duration.ofDays(2));
            maintenance.runFully(THREE_DAYS);
            machine.pass(Duration.ofDays(2));
            maintenance.runFully(THREE_DAYS);
        }
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(machine.verify(reader)).isPositive();
        }
    }

    @Test
    @DisplayName("leaves a reader that was opened before whole, even past the grace period")
    void oldReaderFindsTheNewPlace() throws Exception {
        PracticeMachine machine = new PracticeMachine(Seed.orUsual(10), 1, 200);
        MachineMaintenance maintenance = MachineMaintenance.of(
                machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, limits(288, 512 << 10));
        try (MachineWriter writer = machine.writer(store)) {
            for (int i = 0; i < 20; i++) {
                machine.point(writer, 5);
            }
            MachineReader reader = MachineReader.open(machine.in(store));
            RecoveryPoint last = reader.points().getLast();
            var disk = reader.disk(last.id(), machine.disks().getFirst());
            for (int i = 0; i < 3; i++) {
                maintenance.runFully(THREE_DAYS);
                machine.pass(Duration.ofDays(1));
            }
            java.nio.ByteBuffer all = java.nio.ByteBuffer.allocate((int) disk.sizeBytes());
            disk.read(0, all);
            assertThat(all.array())
                    .isEqualTo(
                            machine.points().get(last.id()).get(machine.disks().getFirst()));
        }
    }

    @Test
    @DisplayName("cannot be outlived by a writer that slept while another one came and went")
    void sleepingWriterIsFenced() throws Exception {
        PracticeMachine machine = new PracticeMachine(Seed.orUsual(11), 1, 200);
        MachineWriter sleeper = machine.writer(store, new WriterLimits(1 << 20, 0, 1 << 20, 1));
        MachineMaintenance maintenance = MachineMaintenance.of(
                machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, limits(288, 512 << 10));
        try (MachineWriter writer = machine.writer(store, new WriterLimits(1 << 20, 0, 1 << 20, 1))) {
            machine.point(writer, 5);
            machine.point(writer, 5);
        }
        for (int i = 0; i < 3; i++) {
            maintenance.runFully(THREE_DAYS);
            machine.pass(Duration.ofHours(2));
        }
        assertThat(store.objects().keySet()).noneMatch(name -> name.startsWith("points/"));
        GenerationWriter late = machine.begin(sleeper);
        machine.change(late, 1);
        assertThatThrownBy(() -> late.commit(new GenerationClose.Partial()).join())
                .hasCauseInstanceOf(FencedException.class);
    }
}

package dev.breakwater.vault.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.check.CheckDepth;
import dev.breakwater.vault.check.Finding;
import dev.breakwater.vault.check.FindingCode;
import dev.breakwater.vault.check.Severity;
import dev.breakwater.vault.check.VaultCheck;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.maintenance.MaintenanceLimits;
import dev.breakwater.vault.maintenance.PinnedPoints;
import dev.breakwater.vault.object.DamagedObjectException;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A log in which something is damaged")
class DamagedLogTest {

    private static final Duration WEEK = Duration.ofDays(7);

    private final MemoryStore store = new MemoryStore();
    private final PracticeMachine machine = new PracticeMachine(Seed.orUsual(71), 2, 200);

    private MachineMaintenance maintenance(MemoryStore in) {
        return MachineMaintenance.of(
                machine.in(in), machine.entropy(), machine::now, PinnedPoints.NONE, MaintenanceLimits.DEFAULT);
    }

    /// Points with checkpoints among them, with enough time between them for deletions to happen.
    private void write(int points, WriterLimits limits) throws Exception {
        MachineMaintenance maintenance = maintenance(store);
        try (MachineWriter writer = machine.writer(store, limits)) {
            for (int i = 0; i < points; i++) {
                machine.point(writer, 4);
                machine.pass(Duration.ofMinutes(20));
                maintenance.run(WEEK);
            }
        }
    }

    private String newest(String folder) {
        return store.objects().keySet().stream()
                .filter(name -> name.startsWith(folder))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private void flip(String name, int fromEnd) {
        byte[] bytes = store.objects().get(name).clone();
        bytes[bytes.length - fromEnd] ^= 1;
        store.objects().put(name, bytes);
    }

    private List<FindingCode> codes(Severity atLeast) throws IOException {
        List<Finding> findings = new ArrayList<>();
        VaultCheck.machine(machine.in(store), CheckDepth.DATA, 0, findings::add);
        return findings.stream()
                .map(Finding::code)
                .filter(code -> code.severity().compareTo(atLeast) >= 0)
                .toList();
    }

    private int verify() throws IOException {
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            return machine.verify(reader);
        }
    }

    private int points() throws IOException {
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            return reader.points().size();
        }
    }

    @ParameterizedTest(name = "after {0} points")
    @ValueSource(ints = {8, 16, 20, 27, 45})
    @DisplayName("is read and written in spite of a damaged newest checkpoint, and the next one heals it")
    void damagedCheckpoint(int count) throws Exception {
        write(count, WriterLimits.DEFAULT);
        int listed = points();
        flip(newest("checkpoints/"), 200);
        assertThat(verify()).isGreaterThanOrEqualTo(listed);
        assertThat(codes(Severity.WARNING)).containsOnly(FindingCode.CHECKPOINT_PASSED_OVER);
        write(9, WriterLimits.DEFAULT);
        assertThat(codes(Severity.WARNING)).isEmpty();
        assertThat(verify()).isPositive();
    }

    @Test
    @DisplayName("is read through an older checkpoint if a page of the newest is damaged, and the next one heals it")
    void damagedPage() throws Exception {
        write(24, new WriterLimits(1 << 20, 0, 1 << 20, 1));
        int listed = points();
        String checkpoint = newest("checkpoints/");
        byte[] bytes = store.objects().get(checkpoint).clone();
        bytes[100] ^= 1;
        store.objects().put(checkpoint, bytes);
        assertThat(codes(Severity.WARNING)).isNotEmpty().containsOnly(FindingCode.PAGE_PASSED_OVER);
        assertThat(verify()).isEqualTo(listed);
        write(9, WriterLimits.DEFAULT);
        assertThat(codes(Severity.WARNING)).isEmpty();
        assertThat(verify()).isPositive();
    }

    @Test
    @DisplayName("is read without its newest checkpoint and the one before, as far as the slots are there")
    void removedCheckpoints() throws Exception {
        write(12, WriterLimits.DEFAULT);
        int listed = points();
        store.objects().remove(newest("checkpoints/"));
        assertThat(verify()).isGreaterThanOrEqualTo(listed);
    }

    @Test
    @DisplayName("keeps the points before a damaged slot, and goes on from there once the machine was compared")
    void damagedSlot() throws Exception {
        write(12, WriterLimits.DEFAULT);
        String slot11 = "points/" + machine.id() + "/000000000000000b";
        byte[] whole = store.objects().get(slot11);
        flip(slot11, 150);
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(reader.points().getLast().slot()).isEqualTo(10);
            assertThat(reader.damage()).isPresent();
            machine.verify(reader);
            machine.restore(machine.points().get(reader.points().getLast().id()));
        }
        assertThat(codes(Severity.CRITICAL)).contains(FindingCode.SLOT_DAMAGED);
        // A resynchronisation: the machine is at the state of the newest sound slot, and goes on from there.
        try (MachineWriter writer = machine.writer(store)) {
            assertThat(writer.lastDurable().orElseThrow().slot()).isEqualTo(10);
            machine.point(writer, 4);
            machine.point(writer, 4);
        }
        for (byte[] object : List.of(store.objects().get(slot11), whole)) {
            // Even if the damaged slot comes back: it was given up, or the later points would change.
            store.objects().put(slot11, object);
            try (MachineReader reader = MachineReader.open(machine.in(store))) {
                assertThat(reader.points().stream().map(RecoveryPoint::slot))
                        .contains(10L, 13L, 14L)
                        .doesNotContain(11L, 12L);
                machine.verify(reader);
            }
            assertThat(codes(Severity.WARNING)).isNotEmpty().containsOnly(FindingCode.SLOT_GIVEN_UP);
        }
        write(12, WriterLimits.DEFAULT);
        assertThat(verify()).isPositive();
        assertThat(codes(Severity.WARNING)).isEmpty();
    }

    @Test
    @DisplayName("is not gone on with before two readings end at the same slot: damage may be on the way")
    void damageOnTheWay() throws Exception {
        write(6, WriterLimits.DEFAULT);
        try (MachineWriter writer = machine.writer(new DamagingLine(store, slots(5, 3)))) {
            assertThat(writer.lastDurable().orElseThrow().slot()).isEqualTo(6);
            assertThat(writer.damage()).isEmpty();
        }
        assertThatThrownBy(() -> machine.writer(new DamagingLine(store, slots(6, 5, 4, 3, 2))))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE))
                .hasMessageContaining("nothing was written");
    }

    /// Descending, so that each reading of the log meets one.
    private String[] slots(int... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> "points/" + machine.id() + "/000000000000000" + number)
                .toArray(String[]::new);
    }

    @Test
    @DisplayName("is not stopped by a slot that was copied to a later place")
    void copiedSlot() throws Exception {
        write(12, WriterLimits.DEFAULT);
        int listed = points();
        byte[] copied = store.objects().get("points/" + machine.id() + "/000000000000000b");
        store.objects().put("points/" + machine.id() + "/00000000000000ff", copied);
        assertThat(verify()).isEqualTo(listed);
        assertThat(codes(Severity.CRITICAL)).contains(FindingCode.SLOT_DAMAGED);
        try (MachineWriter writer = machine.writer(store)) {
            machine.point(writer, 4);
        }
        assertThat(verify()).isEqualTo(listed + 1);
    }

    @Test
    @DisplayName("that has lost everything before its newest slots does not pass for an empty one")
    void noWayIn() throws Exception {
        write(12, WriterLimits.DEFAULT);
        store.objects().keySet().removeIf(name -> name.startsWith("checkpoints/") || name.endsWith("01"));
        assertThatThrownBy(() -> MachineReader.open(machine.in(store)))
                .isInstanceOf(DamagedObjectException.class)
                .hasMessageContaining("0000000000000001");
    }
}

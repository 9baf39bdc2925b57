package dev.breakwater.vault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.breakwater.model.PointId;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.MemoryStore;
import dev.breakwater.vault.log.PracticeMachine;
import dev.breakwater.vault.log.WriterLimits;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.maintenance.MaintenanceLimits;
import dev.breakwater.vault.maintenance.PinnedPoints;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A check of a vault")
class VaultCheckTest {

    private final MemoryStore store = new MemoryStore();
    private final PracticeMachine machine = new PracticeMachine(Seed.orUsual(21), 2, 300);

    @BeforeEach
    void write() throws Exception {
        MachineMaintenance maintenance = MachineMaintenance.of(
                machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, MaintenanceLimits.DEFAULT);
        // Some points inline, some in segments; a checkpoint, then a tail.
        try (MachineWriter small = machine.writer(store)) {
            for (int i = 0; i < 5; i++) {
                machine.point(small, 5);
            }
        }
        try (MachineWriter large = machine.writer(store, new WriterLimits(1 << 20, 0, 1 << 20, 1))) {
            for (int i = 0; i < 4; i++) {
                machine.point(large, 20);
            }
            maintenance.run(Duration.ofDays(1));
            machine.point(large, 5);
            machine.point(large, 5);
        }
    }

    private List<Finding> check(MemoryStore checked, CheckDepth depth, long witness) throws IOException {
        List<Finding> findings = new ArrayList<>();
        CheckSummary summary = VaultCheck.machine(machine.in(checked), depth, witness, findings::add);
        assertThat(summary.findings()).isEqualTo(findings.size());
        return findings;
    }

    private MemoryStore without(String name) {
        MemoryStore copy = store.copy();
        assertThat(copy.objects().remove(name)).as("object %s", name).isNotNull();
        return copy;
    }

    private List<String> objects(String folder) {
        return store.objects().keySet().stream()
                .filter(name -> name.startsWith(folder))
                .toList();
    }

    @Test
    @DisplayName("finds nothing in a sound vault")
    void sound() throws Exception {
        assertThat(check(store, CheckDepth.DATA, 11)).isEmpty();
    }

    @Test
    @DisplayName("names a missing slot after the checkpoint; the reader has the points before it and no later one")
    void missingSlot() throws Exception {
        MemoryStore damaged = without(slotName(10));
        List<Finding> findings = check(damaged, CheckDepth.STRUCTURE, 0);
        assertThat(findings).first().satisfies(missing -> {
            assertThat(missing.code()).isEqualTo(FindingCode.SLOT_MISSING);
            assertThat(missing.points()).containsExactly(10L);
            assertThat(missing.severity()).isEqualTo(Severity.CRITICAL);
        });
        // What was before stays readable, what came after does not.
        try (MachineReader reader = MachineReader.open(machine.in(damaged))) {
            assertThat(machine.verify(reader)).isEqualTo(9);
            assertThat(reader.points().getLast().slot()).isEqualTo(9);
            assertThat(reader.damage()).isPresent();
        }
    }

    @Test
    @DisplayName("tells a vault that was rolled back, given a witness")
    void rolledBack() throws Exception {
        MemoryStore damaged = without(slotName(11));
        assertThat(check(damaged, CheckDepth.STRUCTURE, 0)).allMatch(f -> f.code() == FindingCode.ORPHAN_SEGMENT);
        assertThat(check(damaged, CheckDepth.STRUCTURE, 11))
                .extracting(Finding::code)
                .contains(FindingCode.ROLLED_BACK);
    }

    @Test
    @DisplayName("names a slot of another history that was put in the place of the right one")
    void exchangedSlot() throws Exception {
        // Another writer of the same machine, with the same keys, from the same past.
        MemoryStore other = without(slotName(11));
        other.objects().remove(slotName(10));
        try (MachineWriter writer = machine.writer(other)) {
            machine.point(writer, 3);
        }
        MemoryStore damaged = store.copy();
        damaged.objects().put(slotName(10), other.objects().get(slotName(10)));
        assertThat(check(damaged, CheckDepth.STRUCTURE, 0))
                .extracting(Finding::code)
                .contains(FindingCode.CHAIN_BROKEN);
        try (MachineReader reader = MachineReader.open(machine.in(damaged))) {
            assertThat(reader.points().getLast().slot()).isEqualTo(10);
            for (var point : reader.points().subList(0, 9)) {
                readAll(reader, point.id());
            }
        }
    }

    @Test
    @DisplayName("names each missing segment and the points that need it")
    void missingSegment() throws Exception {
        for (String name : objects("segments/")) {
            MemoryStore damaged = without(name);
            List<Finding> findings = check(damaged, CheckDepth.STRUCTURE, 0);
            assertThat(findings).isNotEmpty().allSatisfy(finding -> {
                assertThat(finding.message()).contains(name);
                assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            });
            verifyPointsSaidToBeWhole(damaged, findings);
        }
    }

    /// What no finding names must still be readable.
    private void verifyPointsSaidToBeWhole(MemoryStore damaged, List<Finding> findings) throws IOException {
        boolean pages = findings.stream().anyMatch(f -> f.code() == FindingCode.PAGE_DAMAGED);
        if (pages) {
            return;
        }
        try (MachineReader reader = MachineReader.open(machine.in(damaged))) {
            for (var point : reader.points()) {
                boolean named = findings.stream().anyMatch(f -> f.points().contains(point.slot()));
                PointId id = point.id();
                if (named) {
                    assertThatThrownBy(() -> readAll(reader, id)).isInstanceOf(IOException.class);
                } else {
                    readAll(reader, id);
                }
            }
        }
    }

    private void readAll(MachineReader reader, PointId id) throws IOException {
        for (var disk : machine.disks()) {
            assertThat(machine.read(reader, id, disk))
                    .isEqualTo(machine.points().get(id).get(disk));
        }
    }

    @Test
    @DisplayName("notices any flipped bit of any object that is needed, and every reader refuses what it touches")
    void flippedBits() throws Exception {
        List<String> names = List.copyOf(store.objects().keySet());
        int noticed = 0;
        for (int i = 0; i < 120; i++) {
            MemoryStore damaged = store.copy();
            String name = names.get(machine.random().nextInt(names.size()));
            byte[] bytes = damaged.objects().get(name).clone();
            bytes[machine.random().nextInt(bytes.length)] ^=
                    (byte) (1 << machine.random().nextInt(8));
            damaged.objects().put(name, bytes);
            List<Finding> findings = check(damaged, CheckDepth.DATA, 0);
            if (!findings.isEmpty()) {
                noticed++;
                assertThat(findings)
                        .anySatisfy(finding -> assertThat(finding.message()).contains(name));
            }
            readsRightOrNotAtAll(damaged);
        }
        // The rest hit what nobody needs: index pages of covered slots, data that were overwritten at once.
        assertThat(noticed).isGreaterThan(60);
    }

    private void readsRightOrNotAtAll(MemoryStore damaged) throws IOException {
        MachineReader reader;
        try {
            reader = MachineReader.open(machine.in(damaged));
        } catch (IOException e) {
            return;
        }
        for (var point : reader.points()) {
            for (var disk : machine.disks()) {
                byte[] found;
                try {
                    found = machine.read(reader, point.id(), disk);
                } catch (IOException e) {
                    continue;
                }
                assertThat(found).isEqualTo(machine.points().get(point.id()).get(disk));
            }
        }
    }

    @Test
    @DisplayName("names cut objects")
    void cutObjects() throws Exception {
        for (Map.Entry<String, byte[]> object : store.objects().entrySet()) {
            if (object.getKey().startsWith("segments/")) {
                MemoryStore damaged = store.copy();
                damaged.objects().put(object.getKey(), java.util.Arrays.copyOf(object.getValue(), 100));
                assertThat(check(damaged, CheckDepth.STRUCTURE, 0))
                        .isNotEmpty()
                        .allSatisfy(finding -> assertThat(finding.message()).contains(object.getKey()));
            }
        }
    }

    @Test
    @DisplayName("names a damaged checkpoint")
    void damagedCheckpoint() throws Exception {
        String name = objects("checkpoints/").getLast();
        MemoryStore damaged = store.copy();
        byte[] bytes = damaged.objects().get(name).clone();
        bytes[bytes.length - 200] ^= 1;
        damaged.objects().put(name, bytes);
        assertThat(check(damaged, CheckDepth.STRUCTURE, 0))
                .extracting(Finding::code)
                .contains(FindingCode.CHECKPOINT_PASSED_OVER)
                .allMatch(code -> code.severity() != Severity.CRITICAL);
    }

    @Test
    @DisplayName("names segments that nobody needs, and objects with strange names")
    void orphans() throws Exception {
        MemoryStore extended = store.copy();
        String orphan = "segments/" + machine.id() + "/" + "0123456789abcdef".repeat(2);
        String strange = "segments/" + machine.id() + "/readme";
        extended.objects().put(orphan, new byte[10]);
        extended.objects().put(strange, new byte[10]);
        assertThat(check(extended, CheckDepth.STRUCTURE, 0))
                .extracting(Finding::code, finding -> finding.objectName().orElse(""))
                .containsExactlyInAnyOrder(
                        tuple(FindingCode.ORPHAN_SEGMENT, orphan), tuple(FindingCode.STRANGE_OBJECT, strange));
    }

    private String slotName(int slot) {
        return "points/" + machine.id() + "/" + String.format("%016x", slot);
    }
}

package dev.breakwater.vault.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.log.GenerationClose;
import dev.breakwater.vault.log.GenerationWriter;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.MemoryStore;
import dev.breakwater.vault.log.PracticeMachine;
import dev.breakwater.vault.reading.MachineReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A repair from the source")
class VaultRepairTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-01T12:00:00Z"));

    private final DamagedVault vault = new DamagedVault();
    private final PracticeMachine machine = vault.machines().getFirst();

    /// What a check finds, and what it would repair.
    private static final class Noted implements CheckListener {
        private final List<Finding> findings = new ArrayList<>();
        private final VaultRepair repair = new VaultRepair();
        private int ranges;

        @Override
        public void found(Finding finding) {
            findings.add(finding);
        }

        @Override
        public void unreadable(MachineId of, DiskId disk, ByteRange range) {
            ranges++;
            repair.add(of, disk, range);
        }

        List<Long> damagedPoints() {
            return findings.stream()
                    .filter(finding -> finding.severity() == Severity.CRITICAL)
                    .flatMap(finding -> finding.points().stream())
                    .distinct()
                    .toList();
        }
    }

    private Noted check(MemoryStore store) throws Exception {
        Noted noted = new Noted();
        vault.check(store, noted);
        return noted;
    }

    @Test
    @DisplayName("makes new points whole again, sends only what was damaged, and leaves the damaged points named")
    void repaired() throws Exception {
        MemoryStore store = vault.copy();
        store.objects().replaceAll((name, content) -> {
            if (name.startsWith("segments/" + machine.id())) {
                byte[] damaged = content.clone();
                damaged[60] ^= 1;
                return damaged;
            }
            return content;
        });
        Noted before = check(store);
        assertThat(before.damagedPoints()).isNotEmpty();
        assertThat(before.ranges).isPositive();
        try (Vault opened = vault.open(store)) {
            Map<MachineId, Long> slots = before.repair.run(opened, new Seed(5).entropy(), CLOCK);
            assertThat(slots).containsOnlyKeys(machine.id());
        }
        GenerationClose.Point point = machine.pointClose();
        try (MachineWriter writer = machine.writer(store);
                MachineReader reader = MachineReader.open(machine.in(store))) {
            assertThat(writer.lastDurable().orElseThrow().point())
                    .as("what the repair wrote is nobody's recovery point")
                    .isEmpty();
            GenerationWriter resent = machine.begin(writer);
            assertThat(machine.resend(reader, resent)).isBetween(1, 79);
            resent.commit(point).join();
            machine.remember(point.id());
        }
        Noted after = check(store);
        assertThat(after.ranges).isZero();
        assertThat(after.damagedPoints()).containsExactlyInAnyOrderElementsOf(before.damagedPoints());
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            for (DiskId disk : machine.disks()) {
                assertThat(machine.read(reader, point.id(), disk))
                        .isEqualTo(machine.points().get(point.id()).get(disk));
            }
        }
        vault.verify(store, after.findings, "after the repair");
    }

    @Test
    @DisplayName("writes nothing into a sound vault")
    void nothing() throws Exception {
        MemoryStore store = vault.copy();
        try (Vault opened = vault.open(store)) {
            assertThat(check(store).repair.run(opened, new Seed(6).entropy(), CLOCK))
                    .isEmpty();
        }
        assertThat(store.objects()).hasSameSizeAs(vault.copy().objects());
    }
}

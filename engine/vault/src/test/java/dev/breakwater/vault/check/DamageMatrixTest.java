package dev.breakwater.vault.check;

import static dev.breakwater.vault.check.FindingCode.CHAIN_BROKEN;
import static dev.breakwater.vault.check.FindingCode.CHECKPOINT_PASSED_OVER;
import static dev.breakwater.vault.check.FindingCode.DESCRIPTION_DAMAGED;
import static dev.breakwater.vault.check.FindingCode.DISK_KEY_UNREADABLE;
import static dev.breakwater.vault.check.FindingCode.DOCUMENT_DAMAGED;
import static dev.breakwater.vault.check.FindingCode.DOCUMENT_MISSING;
import static dev.breakwater.vault.check.FindingCode.FRAME_DAMAGED;
import static dev.breakwater.vault.check.FindingCode.FRAMING_DAMAGED;
import static dev.breakwater.vault.check.FindingCode.MACHINE_KEY_UNREADABLE;
import static dev.breakwater.vault.check.FindingCode.OBJECT_CUT;
import static dev.breakwater.vault.check.FindingCode.OBJECT_MISSING;
import static dev.breakwater.vault.check.FindingCode.ORPHAN_SEGMENT;
import static dev.breakwater.vault.check.FindingCode.PAGE_DAMAGED;
import static dev.breakwater.vault.check.FindingCode.PAGE_PASSED_OVER;
import static dev.breakwater.vault.check.FindingCode.PIN_DAMAGED;
import static dev.breakwater.vault.check.FindingCode.ROLLED_BACK;
import static dev.breakwater.vault.check.FindingCode.ROTATION_DAMAGED;
import static dev.breakwater.vault.check.FindingCode.ROTATION_MISSING;
import static dev.breakwater.vault.check.FindingCode.SLOT_DAMAGED;
import static dev.breakwater.vault.check.FindingCode.SLOT_MISSING;
import static dev.breakwater.vault.check.FindingCode.SPARE_DAMAGED;
import static dev.breakwater.vault.check.FindingCode.SPARE_MISSING;
import static dev.breakwater.vault.check.FindingCode.STRANGE_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.vault.VaultException;
import dev.breakwater.vault.blob.ObjectKind;
import dev.breakwater.vault.log.MemoryStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of object that the vault's own enumeration knows × everything that can happen to an object. A new kind
/// without a row does not compile.
@DisplayName("Damage to a vault")
class DamageMatrixTest {

    /// Objects of a kind that are damaged one after the other.
    private static final int VICTIMS = 4;

    private static final DamagedVault VAULT = new DamagedVault();

    static Stream<Arguments> cells() {
        return Stream.of(ObjectKind.values())
                .flatMap(kind -> Stream.of(Damage.values()).map(damage -> Arguments.of(kind, damage)));
    }

    /// What a check may call the damage; nothing if it cannot and need not show.
    private static Set<FindingCode> row(ObjectKind kind, Damage damage) {
        return switch (kind) {
            case DESCRIPTION -> damage == Damage.DUPLICATED ? Set.of(STRANGE_OBJECT) : Set.of(DESCRIPTION_DAMAGED);
            // The newest is needed to open the vault: then it is refused.
            case ROTATION ->
                Set.of(damage == Damage.REMOVED ? ROTATION_MISSING : ROTATION_DAMAGED, DESCRIPTION_DAMAGED);
            case KEY -> Set.of(MACHINE_KEY_UNREADABLE, DISK_KEY_UNREADABLE);
            case DOCUMENT -> Set.of(damage == Damage.REMOVED ? DOCUMENT_MISSING : DOCUMENT_DAMAGED);
            // A pin is released by removing it, so nobody can tell that one was there.
            case PIN -> damage == Damage.REMOVED ? Set.of() : Set.of(PIN_DAMAGED);
            case POINT ->
                switch (damage) {
                    case REMOVED -> Set.of(SLOT_MISSING, OBJECT_MISSING, ROLLED_BACK, SPARE_MISSING, PAGE_DAMAGED);
                    case TRUNCATED, EMPTY -> Set.of(SLOT_DAMAGED, OBJECT_CUT, SPARE_DAMAGED, PAGE_DAMAGED);
                    default ->
                        Set.of(SLOT_DAMAGED, CHAIN_BROKEN, SPARE_DAMAGED, FRAME_DAMAGED, FRAMING_DAMAGED, OBJECT_CUT);
                };
            case SEGMENT ->
                switch (damage) {
                    case REMOVED -> Set.of(OBJECT_MISSING, PAGE_DAMAGED);
                    case DUPLICATED -> Set.of(ORPHAN_SEGMENT);
                    default -> Set.of(FRAME_DAMAGED, OBJECT_CUT, PAGE_DAMAGED);
                };
            case CHECKPOINT ->
                // The slots that it covered are still there and say the same, so nothing is missing.
                damage == Damage.REMOVED
                        ? Set.of()
                        : Set.of(
                                CHECKPOINT_PASSED_OVER,
                                SPARE_DAMAGED,
                                SPARE_MISSING,
                                FRAMING_DAMAGED,
                                PAGE_PASSED_OVER,
                                PAGE_DAMAGED);
        };
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    @DisplayName("is named with machine and object, never read as if it were sound, and spares every other point")
    void cell(ObjectKind kind, Damage damage) throws Exception {
        Set<FindingCode> expected = row(kind, damage);
        int named = 0;
        int inflicted = 0;
        for (String victim : VAULT.victims(kind, VICTIMS)) {
            MemoryStore damaged = VAULT.copy();
            if (!damage.inflict(damaged, victim, VAULT.others(victim), VAULT.foreign(victim))) {
                continue;
            }
            inflicted++;
            List<Finding> findings = new ArrayList<>();
            try {
                VAULT.check(damaged, findings::add);
            } catch (VaultException e) {
                assertThat(e.getMessage()).contains("vault");
                findings.add(Finding.of(DESCRIPTION_DAMAGED, String.valueOf(e.getMessage())));
            }
            VAULT.verify(damaged, findings, kind + " " + damage + " " + victim);
            boolean found = findings.stream().anyMatch(finding -> expected.contains(finding.code()));
            named += found ? 1 : 0;
            assertThat(findings)
                    .as("%s %s %s", kind, damage, victim)
                    .allSatisfy(finding -> assertThat(finding.message()).isNotBlank());
        }
        if (!expected.isEmpty() && inflicted > 0) {
            assertThat(named).as("%s of %s were named", named, inflicted).isPositive();
        }
    }

    @Test
    @DisplayName("that is none is not found")
    void sound() throws Exception {
        List<Finding> findings = new ArrayList<>();
        CheckSummary summary = VAULT.check(VAULT.copy(), findings::add);
        assertThat(findings).isEmpty();
        assertThat(summary.witnessed()).isEqualTo(2);
        assertThat(summary.frames()).isPositive();
        assertThat(VAULT.verify(VAULT.copy(), findings, "sound")).isGreaterThan(40);
    }

    @Test
    @DisplayName("anywhere, be it one bit, is named or harmless, and is never read as if it were sound")
    void anyBit() throws IOException {
        EnumSet<FindingCode> codes = EnumSet.noneOf(FindingCode.class);
        int number = 0;
        for (String name : VAULT.copy().objects().keySet()) {
            // Each object at some places of its own, so that all together are hit everywhere.
            MemoryStore damaged = VAULT.copy();
            byte[] content = damaged.objects().get(name).clone();
            int at = (int) ((long) (number++ * 7919 % 1000) * content.length / 1000);
            content[at] ^= (byte) (1 << (number % 8));
            damaged.objects().put(name, content);
            List<Finding> findings = new ArrayList<>();
            try {
                VAULT.check(damaged, findings::add);
            } catch (VaultException e) {
                findings.add(Finding.of(DESCRIPTION_DAMAGED, String.valueOf(e.getMessage())));
            }
            findings.forEach(finding -> codes.add(finding.code()));
            VAULT.verify(damaged, findings, "bit of byte " + at + " of " + name);
        }
        assertThat(codes).contains(MACHINE_KEY_UNREADABLE, DISK_KEY_UNREADABLE, DOCUMENT_DAMAGED, FRAME_DAMAGED);
    }

    @Test
    @DisplayName("by rolling the whole vault back shows only to a witness")
    void wholeVault() throws Exception {
        List<Finding> findings = new ArrayList<>();
        CheckSummary alone = VAULT.check(VAULT.yesterday(), Witness.NONE, findings::add);
        assertThat(findings).allMatch(finding -> finding.severity() == Severity.INFO);
        assertThat(alone.witnesses()).isEmpty();
        CheckSummary witnessed = VAULT.check(VAULT.yesterday(), findings::add);
        assertThat(findings).extracting(Finding::code).contains(ROLLED_BACK);
        assertThat(witnessed.witnesses()).containsExactly("the machines");
        // What is left is sound.
        assertThat(VAULT.verify(VAULT.yesterday(), findings, "yesterday")).isPositive();
    }
}

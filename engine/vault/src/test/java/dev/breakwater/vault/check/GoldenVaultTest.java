package dev.breakwater.vault.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.vault.log.MemoryStore;
import dev.breakwater.vault.reading.MachineReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The stored vault of version 1")
class GoldenVaultTest {

    @Test
    @DisplayName("is read byte for byte as it was written")
    void isRead() throws Exception {
        MemoryStore store = GoldenVault.load("sound");
        try (MachineReader reader = MachineReader.open(GoldenVault.in(store))) {
            String expected = Files.readString(GoldenVault.FOLDER.resolve("points.txt"));
            assertThat(GoldenVault.describe(reader, GoldenVault.in(store))).isEqualTo(expected);
        }
        assertThat(findings("sound"))
                .extracting(Finding::code)
                .as("an old vault has nothing in reserve for its checkpoint")
                .containsOnly(FindingCode.SPARE_MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "SlotMissing, SLOT_MISSING",
        "SlotDamaged, SLOT_DAMAGED",
        "ChainBroken, CHAIN_BROKEN",
        "CheckpointDamaged, CHECKPOINT_DAMAGED",
        "PageDamaged, PAGE_DAMAGED",
        "ObjectMissing, OBJECT_MISSING",
        "ObjectCut, OBJECT_CUT",
        "FrameDamaged, FRAME_DAMAGED"
    })
    @DisplayName("has damaged twins, each of which is named")
    void damageIsNamed(String variant, FindingCode code) throws Exception {
        assertThat(findings(variant))
                .filteredOn(finding -> finding.severity() == Severity.CRITICAL)
                .extracting(Finding::code)
                .contains(code);
    }

    private static List<Finding> findings(String variant) throws Exception {
        List<Finding> findings = new ArrayList<>();
        VaultCheck.machine(GoldenVault.in(GoldenVault.load(variant)), CheckDepth.DATA, 0, findings::add);
        return findings;
    }
}

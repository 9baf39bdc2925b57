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
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(findings("sound")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SlotMissing",
                "SlotDamaged",
                "ChainBroken",
                "CheckpointDamaged",
                "PageDamaged",
                "ObjectMissing",
                "ObjectCut",
                "FrameDamaged"
            })
    @DisplayName("has damaged twins, each of which is named")
    void damageIsNamed(String kind) throws Exception {
        List<Finding> findings = findings(kind);
        assertThat(findings).isNotEmpty();
        assertThat(findings.stream().map(Finding::kind)).contains(kind);
        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.CRITICAL));
    }

    private static List<Finding> findings(String variant) throws Exception {
        List<Finding> findings = new ArrayList<>();
        VaultCheck.machine(GoldenVault.in(GoldenVault.load(variant)), CheckDepth.DATA, 0, findings::add);
        return findings;
    }
}

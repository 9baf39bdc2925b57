package dev.breakwater.vault.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.testkit.Azurite;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.ObjectStores;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreCredentials;
import dev.breakwater.vault.blob.VaultLocation;
import dev.breakwater.vault.check.CheckDepth;
import dev.breakwater.vault.check.Finding;
import dev.breakwater.vault.check.VaultCheck;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.PracticeMachine;
import dev.breakwater.vault.log.WriterLimits;
import dev.breakwater.vault.reading.MachineReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A machine's log with maintenance, in a real store:")
class RealStoresTest {

    private final PracticeMachine machine = new PracticeMachine(Seed.orUsual(51), 2, 300);

    @Test
    @DisplayName("a folder")
    void folder(@TempDir Path folder) throws Exception {
        VaultLocation location = VaultLocation.parse(folder.resolve("vault").toString());
        try (ObjectStore store = ObjectStores.create(location, new StoreCredentials.None(), machine.entropy())) {
            live(store);
        }
    }

    @Test
    @DisplayName("Azure Blob Storage (a real Azurite)")
    void azure() throws Exception {
        Azurite azurite;
        try {
            azurite = Azurite.shared();
        } catch (IllegalStateException e) {
            Assumptions.abort(e.getMessage());
            return;
        }
        VaultLocation location = VaultLocation.parse("azure://" + Azurite.ACCOUNT + "/log-" + UUID.randomUUID());
        StoreCredentials credentials = new StoreCredentials.ConnectionString(azurite.connectionString());
        try (ObjectStore store = ObjectStores.create(location, credentials, machine.entropy())) {
            live(store);
        }
    }

    private void live(ObjectStore store) throws Exception {
        MaintenanceLimits limits =
                new MaintenanceLimits(8, 16, Duration.ofHours(1), Duration.ofDays(1), 1 << 20, 64 << 10, 1L << 30);
        MachineMaintenance maintenance =
                MachineMaintenance.of(machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, limits);
        int deleted = 0;
        for (int session = 0; session < 3; session++) {
            int inline = session == 1 ? 0 : 1 << 20;
            try (MachineWriter writer = machine.writer(store, new WriterLimits(1 << 20, inline, 1 << 20, 3))) {
                for (int i = 0; i < 10; i++) {
                    machine.point(writer, 6);
                    machine.pass(Duration.ofMinutes(30));
                    deleted += maintenance.run(Duration.ofHours(6)).deleted();
                }
            }
            try (MachineReader reader = MachineReader.open(machine.in(store))) {
                assertThat(machine.verify(reader)).isBetween(5, 20);
            }
        }
        assertThat(deleted).isPositive();
        List<Finding> findings = new ArrayList<>();
        VaultCheck.machine(machine.in(store), CheckDepth.DATA, 30, findings::add);
        assertThat(findings).isEmpty();
    }
}

package dev.breakwater.launcher.engine;

import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.processserver.MachineVaults;
import dev.breakwater.processserver.upload.UploadQueue;
import dev.breakwater.vault.ObjectStores;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreCredentials;
import dev.breakwater.vault.blob.VaultLocation;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.WriterLimits;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.maintenance.MaintenanceReport;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The vault as a process server has it: an object store, and for each machine only that machine's keys.
///
/// @param storing runs the storing of slots' objects; a writer hands over one at a time
record GatewayVaults(ObjectStore store, VaultId vault, ExecutorService storing) implements MachineVaults {

    /// Opens the vault that the configuration server names.
    static MachineVaults open(Assignments.VaultAccess access) throws IOException {
        String secret = access.credentials();
        StoreCredentials credentials;
        if (secret == null || secret.isBlank()) {
            credentials = new StoreCredentials.None();
        } else {
            credentials = secret.contains("AccountName=") || secret.contains("BlobEndpoint=")
                    ? new StoreCredentials.ConnectionString(secret)
                    : new StoreCredentials.SasToken(secret);
        }
        return new GatewayVaults(
                ObjectStores.open(VaultLocation.parse(access.location()), credentials, Entropy.system()),
                access.id(),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    @Override
    public MachineWriter writer(MachineKeys keys, UploadQueue uploads) throws IOException {
        return MachineWriter.open(
                of(keys), uploads.sink(keys.machine(), store), storing, Entropy.system(), WriterLimits.DEFAULT);
    }

    @Override
    public MachineReader reader(MachineKeys keys) throws IOException {
        return MachineReader.open(of(keys));
    }

    @Override
    public MachineMaintenance maintenance(MachineKeys keys) {
        return new MachineMaintenance() {
            @Override
            public MaintenanceReport run(Duration retention) {
                return MaintenanceReport.NOTHING;
            }

            @Override
            public MaintenanceReport runFully(Duration retention) {
                return MaintenanceReport.NOTHING;
            }
        };
    }

    private MachineVault of(MachineKeys keys) {
        return new MachineVault(store, vault, keys);
    }

    @Override
    public void close() {
        storing.shutdown();
        store.close();
    }
}

package dev.breakwater.processserver;

import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.Threads;
import dev.breakwater.processserver.upload.UploadQueue;
import dev.breakwater.vault.ObjectStores;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreCredentials;
import dev.breakwater.vault.blob.VaultLocation;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.SealingThreads;
import dev.breakwater.vault.log.WriterLimits;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.maintenance.MaintenanceLimits;
import dev.breakwater.vault.maintenance.PinnedPoints;
import dev.breakwater.vault.pin.Pins;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The vault in its object store.
public final class StoredMachineVaults implements MachineVaults {

    /// Objects of slots that are stored at once. Each is small, and a machine has one at a time on its way.
    private static final int STORING_THREADS = 4;

    private final ObjectStore store;
    private final VaultId vault;
    private final Entropy entropy;

    private final InstantSource clock;

    private final Tuning tuning;
    private final SealingThreads sealing;
    private final ExecutorService storing;

    /// Bounds of the work.
    ///
    /// @param writing of writers; their segments are of the size that each writer is opened with
    /// @param maintaining when maintenance does what
    /// @param sealingThreads threads that compress and seal
    public record Tuning(WriterLimits writing, MaintenanceLimits maintaining, int sealingThreads) {

        /// The usual bounds; a thread per processor.
        public static Tuning usual() {
            return new Tuning(
                    WriterLimits.DEFAULT,
                    MaintenanceLimits.DEFAULT,
                    Runtime.getRuntime().availableProcessors());
        }
    }

    private StoredMachineVaults(
            ObjectStore store, VaultId vault, Entropy entropy, InstantSource clock, Threads threads, Tuning tuning) {
        this.tuning = tuning;
        this.sealing = SealingThreads.of(tuning.sealingThreads(), threads.background("sealing-"));
        this.storing = Executors.newFixedThreadPool(STORING_THREADS, threads.background("slot-"));
        this.store = store;
        this.vault = vault;
        this.entropy = entropy;
        this.clock = clock;
    }

    /// Opens the vault that the orders name.
    ///
    /// @throws IOException if its location or credentials are wrong, or it does not answer
    public static MachineVaults open(Assignments.VaultAccess access, Entropy entropy, InstantSource clock)
            throws IOException {
        try {
            VaultLocation location = VaultLocation.parse(access.location());
            ObjectStore store = ObjectStores.open(location, credentials(access.credentials()), entropy);
            return on(store, access.id(), entropy, clock, Threads.system());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "The vault's location or credentials cannot be understood, so nothing is replicated: "
                            + e.getMessage(),
                    e);
        }
    }

    /// The vault in a store that is open; closed with it.
    ///
    /// @param threads where objects of slots are stored
    public static MachineVaults on(
            ObjectStore store, VaultId vault, Entropy entropy, InstantSource clock, Threads threads) {
        return on(store, vault, entropy, clock, threads, Tuning.usual());
    }

    /// The same with other bounds.
    ///
    /// @param threads where slots are stored and frames sealed
    public static MachineVaults on(
            ObjectStore store, VaultId vault, Entropy entropy, InstantSource clock, Threads threads, Tuning tuning) {
        return new StoredMachineVaults(store, vault, entropy, clock, threads, tuning);
    }

    private static StoreCredentials credentials(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return new StoreCredentials.None();
        }
        // A connection string is made of names and values in front of semicolons, a signature is a query string.
        return text.contains(";") ? new StoreCredentials.ConnectionString(text) : new StoreCredentials.SasToken(text);
    }

    private MachineVault of(MachineKeys keys) {
        return new MachineVault(store, vault, keys);
    }

    @Override
    public MachineWriter writer(MachineKeys keys, UploadQueue uploads, int segmentBytes) throws IOException {
        WriterLimits usual = tuning.writing();
        var limits = new WriterLimits(segmentBytes, usual.inlineBytes(), usual.maxPieces(), usual.storeAttempts());
        return MachineWriter.open(
                of(keys), uploads.sink(keys.machine(), store), sealing, storing, entropy, clock, limits);
    }

    @Override
    public MachineReader reader(MachineKeys keys) throws IOException {
        return MachineReader.open(of(keys));
    }

    @Override
    public MachineMaintenance maintenance(MachineKeys keys) {
        PinnedPoints pinned = PinnedPoints.of(new Pins(store, entropy, clock), keys.machine());
        return MachineMaintenance.of(of(keys), entropy, clock, pinned, tuning.maintaining());
    }

    @Override
    public void close() {
        storing.shutdown();
        sealing.close();
        store.close();
    }
}

package dev.breakwater.launcher.vault;

import dev.breakwater.launcher.NotFoundException;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.vault.ObjectStores;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.VaultCreation;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreCredentials;
import dev.breakwater.vault.blob.VaultLocation;
import dev.breakwater.vault.catalog.Catalog;
import dev.breakwater.vault.catalog.CatalogMachine;
import dev.breakwater.vault.key.RecoveryKey;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A vault opened with its recovery key: everything that the commands do with one goes through here.
public final class OpenVault implements AutoCloseable {

    /// Far more than a recovery key with blanks and line ends has.
    private static final long MAX_KEY_FILE_BYTES = 4096;

    private final Vault vault;

    private OpenVault(Vault vault) {
        this.vault = vault;
    }

    /// A machine that the vault knows.
    ///
    /// @param name its name, or its identity if the vault holds no name yet
    /// @param disks its protected disks, as far as the vault's catalog has them
    public record KnownMachine(MachineId id, String name, List<CatalogMachine.Disk> disks) {}

    /// A new vault.
    ///
    /// @param recoveryKey for the administrator, once
    public record Created(VaultId vaultId, String recoveryKey) {
        @Override
        public String toString() {
            return "Created[" + vaultId + "]";
        }
    }

    /// Creates a vault.
    ///
    /// @param environment credentials for the store come from here
    public static Created create(String location, Map<String, String> environment) throws IOException {
        try (ObjectStore store = ObjectStores.create(
                VaultLocation.parse(location), StoreCredentials.of(environment), Entropy.system())) {
            VaultCreation creation = VaultCreation.create(store, Entropy.system(), InstantSource.system());
            return new Created(creation.id(), creation.recoveryKey().reveal());
        }
    }

    /// Opens a vault.
    ///
    /// @param environment credentials for the store come from here
    /// @param recoveryKeyFile file with its recovery key
    public static OpenVault open(String location, Map<String, String> environment, Path recoveryKeyFile)
            throws IOException {
        RecoveryKey key = readRecoveryKey(recoveryKeyFile);
        ObjectStore store =
                ObjectStores.open(VaultLocation.parse(location), StoreCredentials.of(environment), Entropy.system());
        try {
            return new OpenVault(Vault.open(store, key, Entropy.system(), InstantSource.system()));
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /// Reads a recovery key as a person may have typed it into a file.
    public static RecoveryKey readRecoveryKey(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_KEY_FILE_BYTES) {
                throw new IOException("The file " + file + " is too large to hold a recovery key, so the vault was not"
                        + " opened. Name the file with the key that was shown when the vault was created.");
            }
            return RecoveryKey.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException("There is no file " + file + " with a recovery key, so the vault was not opened."
                    + " Write the key that was shown when the vault was created into a file and name that.");
        } catch (MalformedInputException e) {
            throw new IOException("The file " + file + " holds no text, so no recovery key, and the vault was not"
                    + " opened. Name the file with the key that was shown when the vault was created.");
        }
    }

    /// Writes a recovery key into a new file that only this user can read, and waits until it is on the disk.
    ///
    /// @throws IOException if there is such a file, which is left as it is, or it cannot be written
    public static void writeRecoveryKey(Path file, String recoveryKey) throws IOException {
        if (Files.exists(file)) {
            throw new IOException(
                    "There is a file " + file + " already, so no recovery key was written there and nothing"
                            + " else was done. Name a new file.");
        }
        SecretFile.write(file, recoveryKey + "\n");
    }

    /// The vault itself.
    public Vault vault() {
        return vault;
    }

    /// Every machine that ever wrote into the vault, in the order of their identities.
    public List<KnownMachine> machines() throws IOException {
        Map<String, CatalogMachine> named = vault.catalog().list(Catalog.MACHINES, CatalogMachine.class);
        List<KnownMachine> machines = new ArrayList<>();
        for (MachineId id : vault.keyRing().machines()) {
            CatalogMachine entry = named.get(id.toString());
            machines.add(
                    entry == null
                            ? new KnownMachine(id, id.toString(), List.of())
                            : new KnownMachine(id, entry.name(), entry.disks()));
        }
        return machines;
    }

    /// One machine by its name or identity.
    public KnownMachine machine(String nameOrId) throws IOException {
        List<KnownMachine> machines = machines();
        List<KnownMachine> fitting = machines.stream()
                .filter(machine -> machine.name().equals(nameOrId)
                        || machine.id().toString().equals(nameOrId))
                .toList();
        if (machines.isEmpty()) {
            throw new NotFoundException("The vault has no machine yet, so there is no \"" + nameOrId
                    + "\". Check that this is the right vault.");
        }
        if (fitting.size() != 1) {
            throw new NotFoundException((fitting.isEmpty()
                            ? "The vault has no machine \""
                            : "Several machines are" + " called \"")
                    + nameOrId + "\". It has: "
                    + String.join(
                            ", ",
                            machines.stream()
                                    .map(machine -> machine.name() + " (" + machine.id() + ")")
                                    .toList())
                    + ".");
        }
        return fitting.getFirst();
    }

    /// What it takes to read a machine's points.
    public MachineVault machineVault(MachineId machine) throws IOException {
        return new MachineVault(vault.store(), vault.id(), vault.keyRing().existing(machine));
    }

    /// Reads a machine's points.
    public MachineReader reader(MachineId machine) throws IOException {
        return MachineReader.open(machineVault(machine));
    }

    /// A point by its identity, or `latest`.
    public static RecoveryPoint point(MachineReader reader, String idOrLatest) throws IOException {
        List<RecoveryPoint> points = reader.points();
        if (idOrLatest.equals("latest") && !points.isEmpty()) {
            return points.getLast();
        }
        return points.stream()
                .filter(point -> point.id().toString().equals(idOrLatest))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        points.isEmpty()
                                ? "The machine has no recovery point in this vault."
                                : "The machine has no recovery point " + idOrLatest + "; `vault points` lists its "
                                        + points.size() + "."));
    }

    /// A disk of a point by its name or identity.
    public static DiskDescription disk(RecoveryPoint point, String nameOrId) throws IOException {
        List<DiskDescription> disks = point.hardware().disks();
        return disks.stream()
                .filter(disk ->
                        disk.name().equals(nameOrId) || disk.id().toString().equals(nameOrId))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("Point " + point.id() + " has no disk \"" + nameOrId
                        + "\". It has: "
                        + String.join(
                                ", ",
                                disks.stream()
                                        .map(disk -> disk.name() + " (" + disk.id() + ")")
                                        .toList())
                        + "."));
    }

    @Override
    public void close() {
        vault.close();
    }
}

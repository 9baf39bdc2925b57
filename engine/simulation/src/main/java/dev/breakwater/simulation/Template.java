package dev.breakwater.simulation;

import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Topics;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.Threads;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.vault.VaultCreation;
import dev.breakwater.vault.key.VaultKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is the same in all runs, made once: an empty vault, an empty database, and files that say how large disks
/// are.
final class Template {

    /// In memory, where there is such a place: databases are synced often.
    private static final Path BASE =
            Files.isWritable(Path.of("/dev/shm")) ? Path.of("/dev/shm") : Path.of(System.getProperty("java.io.tmpdir"));

    /// The same path in every run: it travels in messages, whose lengths the trace has.
    private static final Path DISKS = BASE.resolve("breakwater-simulation");

    /// What stands for the fingerprint of the machine's certificate.
    static final String CERTIFICATE = "certificate";

    static final MachineId MACHINE = new MachineId(new UUID(1, 1));

    static final Map<String, ProcessServerId> SERVERS = new TreeMap<>(Map.of(
            "server1", new ProcessServerId(new UUID(2, 1)),
            "server2", new ProcessServerId(new UUID(2, 2))));

    private static @Nullable Template instance;

    private final VaultObjects objects = new VaultObjects();
    private final VaultKey key;
    private final byte[] database;

    private Template() throws IOException {
        Random random = new Random(1);
        Entropy entropy = random::nextBytes;
        VaultCreation created = VaultCreation.create(objects, entropy, () -> Instant.EPOCH);
        key = created.vaultKey();
        Path folder = Files.createTempDirectory(BASE, "breakwater-template");
        Path file = folder.resolve("configuration.db");
        Database empty = Database.open(file, () -> Instant.EPOCH, new Topics(Threads.system()));
        register(empty);
        empty.close();
        database = Files.readAllBytes(file);
        try (var files = Files.list(folder)) {
            for (Path left : files.toList()) {
                Files.delete(left);
            }
        }
        Files.delete(folder);
        Files.createDirectories(DISKS);
        for (Map.Entry<String, Long> disk : disks().entrySet()) {
            try (var image = new RandomAccessFile(disk.getKey(), "rw")) {
                image.setLength(disk.getValue());
            }
        }
    }

    /// As if everybody had proven the secret.
    private static void register(Database database) {
        boolean _ = database.write(tx -> {
            MachineTable.register(tx, MACHINE, World.MACHINE_NAME, CERTIFICATE, null);
            SERVERS.forEach((name, id) ->
                    ProcessServerTable.register(tx, id, name, name, null, Instant.parse("2036-01-01T00:00:00Z")));
            return true;
        });
    }

    private static synchronized Template get() {
        Template known = instance;
        if (known == null) {
            try {
                known = new Template();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            instance = known;
        }
        return known;
    }

    /// Sizes by device; the second disk ends in the middle of a block.
    static Map<String, Long> disks() {
        return new TreeMap<>(Map.of(
                DISKS.resolve("disk0").toString(),
                40L * 4096,
                DISKS.resolve("disk1").toString(),
                21L * 4096 + 3 * 512));
    }

    static VaultObjects objects() {
        return get().objects.copy();
    }

    static VaultKey vaultKey() {
        return get().key;
    }

    /// The file of a database in which nobody has ordered anything yet.
    static byte[] database() {
        return get().database;
    }

    /// A folder of one run, with an empty database.
    static Path folder() throws IOException {
        Path folder = Files.createTempDirectory(BASE, "breakwater-run");
        Files.write(folder.resolve("configuration.db"), database());
        Files.createDirectories(folder.resolve("agent"));
        Files.createDirectories(folder.resolve("control"));
        return folder;
    }

    static TlsIdentity identity() {
        return CertificateAuthority.create("simulated", Instant.now())
                .newIdentity(new PeerName(PeerRole.PROCESS_SERVER, new UUID(0, 0)), List.of(), Instant.now());
    }
}

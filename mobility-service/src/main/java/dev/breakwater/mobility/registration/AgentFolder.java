package dev.breakwater.mobility.registration;

import dev.breakwater.control.ControlJson;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.Field;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The mobility service's data folder, which only its owner may read.
///
/// | file | holds |
/// |---|---|
/// | `registration.json` | which server, which machine, what name |
/// | `identity/` | private key, certificate, the authority |
/// | `orders.json` | the newest orders, so that replication goes on while the configuration server is away |
/// | `replication.json` | what replication must still know after a restart |
/// | `spool/` | recovery points that wait for the process server |
/// | `status.json` | how it is doing, for `agent status` |
/// | `agent.lock` | locked while the mobility service runs |
/// | `agent.log` | its log, JSON lines |
/// | `hooks/before-freeze`, `hooks/after-thaw` | optional programs that bring applications to rest and let them go on |
///
/// @param path the folder
public record AgentFolder(Path path) {

    /// Where it lies unless told otherwise.
    public static final Path USUAL = Path.of("/var/lib/breakwater-agent");

    private static final String LOCK_FILE = "agent.lock";

    /// Which server, which machine, what name.
    ///
    /// @param server host and port of the configuration server
    /// @param machine the identity it gave
    /// @param name what people call the machine
    public record Registration(String server, MachineId machine, String name) {

        public Registration {
            Field.text(server, "server", 300);
            Field.required(machine, "machine");
            Field.required(name, "name");
        }

        /// The address in its parsed form.
        public EngineAddress address() {
            return EngineAddress.parse(server);
        }
    }

    /// Makes the folder if it is missing.
    public void create() throws IOException {
        SecretFile.createFolder(path);
    }

    /// The registration, if the machine is registered.
    ///
    /// @throws IOException if it cannot be understood
    public Optional<Registration> registration() throws IOException {
        Path file = path.resolve("registration.json");
        return Files.exists(file) ? Optional.of(ControlJson.read(file, Registration.class)) : Optional.empty();
    }

    /// The registration.
    ///
    /// @throws IOException if the machine is not registered
    public Registration requireRegistration() throws IOException {
        return registration()
                .orElseThrow(() -> new IOException("This machine is not registered (nothing in " + path
                        + "). Run `breakwater agent register --server HOST:PORT --passphrase-file F`, and name the data"
                        + " folder with --data if it is another."));
    }

    /// Whether a mobility service ran here, or its registration was ended: its lock stays.
    public boolean isUsed() {
        return Files.exists(path.resolve(LOCK_FILE));
    }

    /// Keeps a registration; identity first, so that a registration never lacks one.
    public void save(Registration registration, TlsIdentity identity) throws IOException {
        identity.save(identityFolder());
        SecretFile.write(path.resolve("registration.json"), ControlJson.mapper().writeValueAsBytes(registration));
    }

    /// Forgets the registration and what belongs to it, spooled points included: nobody will take them. Log and hooks
    /// stay. The registration goes last, so that who dies on the way is still registered and can do it again.
    public void forgetRegistration() throws IOException {
        deleteSpool();
        for (String name : new String[] {"orders.json", "replication.json", "status.json"}) {
            SecretFile.delete(path.resolve(name));
        }
        TlsIdentity.delete(identityFolder());
        SecretFile.delete(path.resolve("registration.json"));
    }

    private void deleteSpool() throws IOException {
        if (!Files.isDirectory(spool())) {
            return;
        }
        try (Stream<Path> all = Files.walk(spool())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /// Folder of key and certificate.
    public Path identityFolder() {
        return path.resolve("identity");
    }

    /// The newest orders.
    public Path orders() {
        return path.resolve("orders.json");
    }

    /// What replication remembers.
    public Path replication() {
        return path.resolve("replication.json");
    }

    /// Folder of the spool.
    public Path spool() {
        return path.resolve("spool");
    }

    /// How it is doing.
    public Path status() {
        return path.resolve("status.json");
    }

    /// The log.
    public Path log() {
        return path.resolve("agent.log");
    }

    /// Folder of optional programs.
    public Path hooks() {
        return path.resolve("hooks");
    }

    /// Takes the folder for a running service.
    ///
    /// @return keeps the folder until closed; empty if another service has it
    /// @throws IOException if the lock file cannot be opened
    public Optional<FolderLock> lock() throws IOException {
        var channel = FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new FolderLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            // This very process has it.
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /// Keeps the folder for one service. Gone with the process, however it ends.
    ///
    /// @param channel holds the lock
    public record FolderLock(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

package dev.breakwater.control.admin;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How an administrator on this computer finds an engine: its folder has an administrator's certificate and a file
/// with its address.
public final class EngineAccess {

    private static final Logger LOG = LoggerFactory.getLogger(EngineAccess.class);
    private static final String ADMIN_FOLDER = "admin";
    private static final String ADDRESS_FILE = "address";
    private static final String REPLICATION_PORT_FILE = "replication-port";
    private static final int LARGEST_PORT = 65_535;

    private EngineAccess() {}

    /// Connects as the administrator of an engine's folder, or as the user whose folder it is. A certificate that is
    /// due is renewed on the way.
    ///
    /// @param data the engine's folder, or a folder that `users issue` has made
    /// @param server where it is reached, if not where its folder says
    /// @throws IOException if the folder has no certificate or no address, or the certificate has ended
    public static AdminClient connect(Path data, @Nullable EngineAddress server)
            throws IOException, InterruptedException {
        Path folder = folder(data);
        TlsIdentity identity = identity(data);
        EngineAddress address = server == null ? address(folder) : server;
        return new AdminClient(address, identity.renewalDue(Instant.now()) ? renewed(folder, address) : identity);
    }

    /// Commands that run at once take turns, so that the folder ends up with the certificate issued last.
    private static TlsIdentity renewed(Path folder, EngineAddress address) throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("renewal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            LOG.debug("Renewing under {}.", lock);
            TlsIdentity present = TlsIdentity.load(folder);
            if (!present.renewalDue(Instant.now())) {
                return present;
            }
            try (AdminClient client = new AdminClient(address, present)) {
                TlsIdentity fresh = client.renew(present);
                fresh.save(folder);
                return fresh;
            }
        }
    }

    /// Who asks with that folder.
    ///
    /// @throws IOException if the folder has no certificate, or the certificate has ended
    public static TlsIdentity identity(Path data) throws IOException {
        Path folder = folder(data);
        if (!TlsIdentity.existsIn(folder)) {
            throw new IOException("There is no administrator's certificate, nor a user's, in " + data
                    + ", so the engine was not asked."
                    + " Give the engine's folder, or yours, with --data; an engine that never ran has none yet.");
        }
        TlsIdentity identity = TlsIdentity.load(folder);
        Instant end = identity.certificate().getNotAfter().toInstant();
        if (Instant.now().isAfter(end)) {
            throw new IOException("The certificate in " + folder + " ended on " + end + ", so the engine was not asked."
                    + " An administrator issues another with `breakwater users issue`; the engine's own is issued anew"
                    + " when it starts.");
        }
        return identity;
    }

    /// The address that the folder names.
    public static EngineAddress address(Path folder) throws IOException {
        return EngineAddress.parse(Files.readString(folder(folder).resolve(ADDRESS_FILE)));
    }

    /// The folder with the identity: a user's own, or the administrator's in the engine's.
    private static Path folder(Path data) {
        Path admin = data.resolve(ADMIN_FOLDER);
        return Files.isDirectory(admin) ? admin : data;
    }

    /// Leaves a user's folder: the identity, and the address it is for.
    public static void save(Path folder, TlsIdentity identity, EngineAddress address) throws IOException {
        identity.save(folder);
        SecretFile.write(folder.resolve(ADDRESS_FILE), address.toString());
    }

    /// Leaves the address for [#connect(Path, EngineAddress)].
    public static void publish(Path data, EngineAddress address) throws IOException {
        publish(data, ADDRESS_FILE, address.toString());
    }

    /// Leaves the port at which the engine's process server receives, so that whoever starts the engine the next time
    /// can give it the same one: machines were registered with it.
    public static void publishReplicationPort(Path data, int port) throws IOException {
        publish(data, REPLICATION_PORT_FILE, Integer.toString(port));
    }

    /// The port at which the engine's process server received when it ran last; nothing if it never did.
    ///
    /// @throws IOException if the file cannot be read or holds no port
    public static OptionalInt replicationPort(Path data) throws IOException {
        Path file = data.resolve(ADMIN_FOLDER).resolve(REPLICATION_PORT_FILE);
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        String text = Files.readString(file).strip();
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > LARGEST_PORT) {
            throw new IOException(file + " holds no port, so it is not known where machines send their data. Delete the"
                    + " file: the engine writes it anew when it starts.");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static void publish(Path data, String name, String text) throws IOException {
        Files.createDirectories(data.resolve(ADMIN_FOLDER));
        Path file = data.resolve(ADMIN_FOLDER).resolve(name);
        Path fresh = file.resolveSibling(name + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}

package dev.breakwater.launcher.admin;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How an administrator on this computer finds an engine: its folder has an administrator's certificate and a file with
/// its address.
public final class EngineAccess {

    private static final String ADMIN_FOLDER = "admin";
    private static final String ADDRESS_FILE = "address";

    private EngineAccess() {}

    /// Connects as the administrator of an engine's folder.
    ///
    /// @param data the engine's folder
    /// @param server where it is reached, if not where its folder says
    /// @throws IOException if the folder has no certificate or no address
    public static AdminClient connect(Path data, @Nullable EngineAddress server) throws IOException {
        Path admin = data.resolve(ADMIN_FOLDER);
        if (!TlsIdentity.existsIn(admin)) {
            throw new IOException("There is no administrator's certificate in " + admin + ", so the engine was not"
                    + " asked. Give the engine's folder with --data; an engine that never ran has none yet.");
        }
        return new AdminClient(server == null ? address(data) : server, TlsIdentity.load(admin));
    }

    /// Leaves the address for [#connect(Path, EngineAddress)].
    public static void publish(Path data, EngineAddress address) throws IOException {
        Files.createDirectories(data.resolve(ADMIN_FOLDER));
        Path file = data.resolve(ADMIN_FOLDER).resolve(ADDRESS_FILE);
        Path fresh = file.resolveSibling(ADDRESS_FILE + ".new");
        Files.writeString(fresh, address.toString());
        Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static EngineAddress address(Path data) throws IOException {
        return EngineAddress.parse(Files.readString(data.resolve(ADMIN_FOLDER).resolve(ADDRESS_FILE)));
    }
}

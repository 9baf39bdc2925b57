package dev.breakwater.launcher.terminal;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which engine a command asks, and as whom.
public final class EngineLocation {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:BREAKWATER_DATA:-/var/lib/breakwater/engine}",
            description = "Folder of the engine, or of a user (see users issue); certificate and address are read from"
                    + " there. ${DEFAULT-VALUE} if not given.")
    private Path data = Path.of("");

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "Address of the engine, if not where the folder says.")
    private @Nullable String server;

    /// For picocli.
    public EngineLocation() {}

    /// The folder, as it was given.
    public Path data() {
        return data;
    }

    /// The engine's address.
    ///
    /// @throws IOException if the folder does not tell it
    public EngineAddress address() throws IOException {
        return server == null ? EngineAccess.address(data) : EngineAddress.parse(server);
    }

    /// Who asks.
    ///
    /// @throws IOException if the folder has no certificate
    public TlsIdentity identity() throws IOException {
        return EngineAccess.identity(data);
    }

    /// A connection to the engine.
    ///
    /// @throws IOException if the folder does not tell where it is or who asks
    public AdminClient connect() throws IOException, InterruptedException {
        return EngineAccess.connect(data, server == null ? null : EngineAddress.parse(server));
    }
}

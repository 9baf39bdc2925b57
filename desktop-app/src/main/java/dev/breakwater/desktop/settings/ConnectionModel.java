package dev.breakwater.desktop.settings;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// By what the console is known to the engine, and where it finds it.
///
/// @param folder where certificate and address lie
/// @param address absent if the folder names none yet
/// @param role what the certificate allows
/// @param certificateUntil when it ends; the console renews it before
/// @param problem why certificate or address cannot be had, for people; absent if both are there
record ConnectionModel(
        Path folder,
        @Nullable EngineAddress address,
        @Nullable PeerRole role,
        @Nullable Instant certificateUntil,
        @Nullable String problem) {

    /// Reads the folder. Takes milliseconds; not on the JavaFX thread.
    ///
    /// @param server an engine elsewhere, as it was given; else the folder says where it is
    static ConnectionModel read(Path folder, @Nullable String server) {
        try {
            TlsIdentity identity = EngineAccess.identity(folder);
            return new ConnectionModel(
                    folder,
                    server == null ? EngineAccess.address(folder) : EngineAddress.parse(server),
                    identity.name().map(PeerName::role).orElse(null),
                    identity.certificate().getNotAfter().toInstant(),
                    null);
        } catch (IOException e) {
            return new ConnectionModel(folder, null, null, null, String.valueOf(e.getMessage()));
        }
    }
}

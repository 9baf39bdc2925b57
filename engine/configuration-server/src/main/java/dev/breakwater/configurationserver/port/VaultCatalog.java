package dev.breakwater.configurationserver.port;

import java.io.IOException;
import java.util.UUID;

/// Where names, policies and disks are written, sealed, so that the vault describes itself when this server is gone.
public interface VaultCatalog {

    /// Writes the newest version of a document. Writing the same again is harmless.
    ///
    /// @param kind `machine` or `policy`
    /// @param id of the machine; for a policy derived from its name
    /// @param document JSON
    /// @throws IOException if it is not durable in the vault yet; the server tries again later
    void write(String kind, UUID id, byte[] document) throws IOException;
}

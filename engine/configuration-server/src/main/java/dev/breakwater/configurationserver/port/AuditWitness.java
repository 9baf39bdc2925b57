package dev.breakwater.configurationserver.port;

import dev.breakwater.control.admin.AuditVerification.Witness;
import java.io.IOException;
import java.util.Optional;

/// Somebody beside the database who remembers how far the audit log went, so that cutting off its end is noticed:
/// the vault.
public interface AuditWitness {

    /// Remembers the log as it is now, in place of what was remembered before.
    ///
    /// @param log identity of the log
    /// @throws IOException if it is not durable in the vault; the caller tries again later
    void keep(String log, Witness witness) throws IOException;

    /// What is remembered of a log.
    ///
    /// @throws IOException if the vault cannot be asked
    Optional<Witness> kept(String log) throws IOException;
}

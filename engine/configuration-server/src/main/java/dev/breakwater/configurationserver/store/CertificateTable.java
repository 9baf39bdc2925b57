package dev.breakwater.configurationserver.store;

import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;

/// Which certificates of machines and process servers are good: the last one issued, and the one before until the new
/// one is first used. Registering anew, or ending the registration, makes all others worthless.
public final class CertificateTable {

    private CertificateTable() {}

    /// Whether the certificate is good. Using a fresh one makes the old one worthless.
    ///
    /// @param fingerprint SHA-256 of the certificate in hex
    public static boolean accept(Transaction tx, PeerName peer, String fingerprint) {
        String table = table(peer.role());
        String id = peer.id().toString();
        boolean current =
                matches(tx, "SELECT 1 FROM " + table + " WHERE id = :id AND certificate = :print", id, fingerprint);
        if (current) {
            return true;
        }
        return tx.handle()
                        .createUpdate("UPDATE " + table + " SET certificate = next_certificate,"
                                + " next_certificate = NULL WHERE id = :id AND next_certificate = :print")
                        .bind("id", id)
                        .bind("print", fingerprint)
                        .execute()
                == 1;
    }

    /// A fresh certificate has been issued.
    public static void renewed(Transaction tx, PeerName peer, String fingerprint) {
        tx.handle()
                .createUpdate("UPDATE " + table(peer.role()) + " SET next_certificate = :print WHERE id = :id")
                .bind("id", peer.id().toString())
                .bind("print", fingerprint)
                .execute();
    }

    private static boolean matches(Transaction tx, String query, String id, String fingerprint) {
        return tx.handle()
                .createQuery(query)
                .bind("id", id)
                .bind("print", fingerprint)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    private static String table(PeerRole role) {
        return switch (role) {
            case MACHINE -> "machine";
            case PROCESS_SERVER -> "process_server";
            case ADMINISTRATOR, CONFIGURATION_SERVER ->
                throw new IllegalArgumentException("Certificates of a " + role.word() + " are not in the database.");
        };
    }
}

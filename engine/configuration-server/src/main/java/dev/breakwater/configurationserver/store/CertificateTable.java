package dev.breakwater.configurationserver.store;

import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which certificates are good: of each peer the last one issued, and the one before until the new one is first
/// used (a person's until it ends). That goes for renewing and for registering anew by the old key; registering anew
/// without it, ending the registration and revoking make all others worthless.
public final class CertificateTable {

    private CertificateTable() {}

    /// How a peer stands.
    ///
    /// @param name what people call it
    /// @param certificate fingerprint of its certificate (SHA-256 in hex)
    /// @param nextCertificate fingerprint of the renewed one that was not used yet
    /// @param revokedAt since when it is refused
    /// @param admittedUntil until when it may register without its key
    /// @param registration counts up when it registers anew or is revoked
    public record Standing(
            String name,
            String certificate,
            @Nullable String nextCertificate,
            @Nullable Instant revokedAt,
            @Nullable Instant admittedUntil,
            long registration) {

        /// Whether it has registered for the first time and not been heard since: perhaps it never got the answer.
        public boolean unused() {
            return certificate.equals(nextCertificate);
        }

        /// Fingerprints of the certificates that are good now.
        public List<String> good() {
            return revokedAt != null
                    ? List.of()
                    : Stream.of(Optional.of(certificate), Optional.ofNullable(nextCertificate))
                            .flatMap(Optional::stream)
                            .distinct()
                            .toList();
        }
    }

    /// How a peer stands, if it is known.
    public static Optional<Standing> standing(Transaction tx, PeerName peer) {
        boolean user = peer.role().isUser();
        return tx.handle()
                .createQuery("SELECT name, certificate, next_certificate, revoked_at, "
                        + (user ? "NULL AS admitted_until, 1 AS registration" : "admitted_until, registration")
                        + " FROM " + table(peer.role()) + " WHERE id = :id"
                        + (user ? " AND role = '" + peer.role().word() + "'" : ""))
                .bind("id", peer.id().toString())
                .map((row, context) -> new Standing(
                        row.getString("name"),
                        row.getString("certificate"),
                        row.getString("next_certificate"),
                        instant(row.getObject("revoked_at")),
                        instant(row.getObject("admitted_until")),
                        row.getLong("registration")))
                .findOne();
    }

    /// A good certificate.
    ///
    /// @param name of its owner
    /// @param fresh whether it was used for the first time, which has made the one before worthless
    public record Accepted(String name, boolean fresh) {}

    /// Whether the certificate is good. Using a fresh one makes the old one worthless.
    ///
    /// @param fingerprint SHA-256 of the certificate in hex
    public static Optional<Accepted> accept(Transaction tx, PeerName peer, String fingerprint) {
        return standing(tx, peer)
                .filter(standing -> standing.good().contains(fingerprint))
                .map(standing -> {
                    boolean fresh = !standing.certificate().equals(fingerprint) || standing.unused();
                    if (fresh) {
                        // Two commands of a person may run at once, so a person's old one stays good until it ends.
                        String older = peer.role().isUser() ? "certificate" : "NULL";
                        update(tx, peer, "certificate = :value, next_certificate = " + older, fingerprint);
                    }
                    return new Accepted(standing.name(), fresh);
                });
    }

    /// A fresh certificate has been issued.
    public static void renewed(Transaction tx, PeerName peer, String fingerprint, Instant until) {
        update(tx, peer, "next_certificate = :value", fingerprint);
        if (peer.role() != PeerRole.MACHINE) {
            update(tx, peer, "certificate_until = :value", until.toEpochMilli());
        }
    }

    /// Refuses all certificates of a peer from now on.
    public static void revoke(Transaction tx, PeerName peer) {
        update(
                tx,
                peer,
                "revoked_at = :value, next_certificate = NULL",
                tx.now().toEpochMilli());
        if (!peer.role().isUser()) {
            update(tx, peer, "registration = registration + 1, admitted_until = :value", null);
        }
    }

    /// Lets a machine or process server register under its identity until then, whatever key it has.
    public static void admit(Transaction tx, PeerName peer, Instant until) {
        update(tx, peer, "admitted_until = :value", until.toEpochMilli());
    }

    private static void update(Transaction tx, PeerName peer, String change, @Nullable Object value) {
        tx.handle()
                .createUpdate("UPDATE " + table(peer.role()) + " SET " + change + " WHERE id = :id")
                .bind("id", peer.id().toString())
                .bind("value", value)
                .execute();
    }

    private static @Nullable Instant instant(@Nullable Object millis) {
        return millis instanceof Number number ? Instant.ofEpochMilli(number.longValue()) : null;
    }

    private static String table(PeerRole role) {
        return switch (role) {
            case MACHINE -> "machine";
            case PROCESS_SERVER -> "process_server";
            case ADMINISTRATOR, OPERATOR, VIEWER -> "user_account";
            case CONFIGURATION_SERVER ->
                throw new IllegalArgumentException("Certificates of a configuration server are not in the database.");
        };
    }
}

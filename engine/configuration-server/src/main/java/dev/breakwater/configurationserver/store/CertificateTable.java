package dev.breakwater.configurationserver.store;

import dev.breakwater.control.processserver.Assignments.Assignment;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which certificates are good: of each peer the one that it used last, and those issued since, of which it may have
/// kept any: an answer may be lost, and a request that was given up may be served after the one that followed it. The
/// first of them that is used makes all others worthless (of a person's, the one before stays good until it ends). That
/// goes for renewing and for registering anew by the old key; registering anew
/// without it, ending the registration and revoking make all others worthless.
public final class CertificateTable {

    /// Unused certificates that are good, the newest; a program asks for another only if it did not get the one before.
    private static final int UNUSED = Assignment.MAX_CERTIFICATES - 1;

    /// As many fingerprints, with a blank between them.
    private static final int UNUSED_LETTERS = UNUSED * 65 - 1;

    private CertificateTable() {}

    /// How a peer stands.
    ///
    /// @param name what people call it
    /// @param certificate fingerprint of its certificate (SHA-256 in hex)
    /// @param unusedCertificates fingerprints of those issued since, the newest first
    /// @param revokedAt since when it is refused
    /// @param admittedUntil until when it may register without its key; null once it has, and was heard
    /// @param registration counts up when it registers anew or is revoked
    public record Standing(
            String name,
            String certificate,
            List<String> unusedCertificates,
            @Nullable Instant revokedAt,
            @Nullable Instant admittedUntil,
            long registration) {

        /// Whether it has registered without an earlier certificate and not been heard since: perhaps it never got the
        /// answer.
        public boolean unused() {
            return unusedCertificates.equals(List.of(certificate));
        }

        /// Fingerprints of the certificates that are good now.
        public List<String> good() {
            return revokedAt != null
                    ? List.of()
                    : Stream.concat(Stream.of(certificate), unusedCertificates.stream())
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
                        unused(row.getString("next_certificate")),
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
                        // A permission to register without the key was for this registration.
                        String used = standing.unused() && !peer.role().isUser() ? ", admitted_until = NULL" : "";
                        update(tx, peer, "certificate = :value, next_certificate = " + older + used, fingerprint);
                    }
                    return new Accepted(standing.name(), fresh);
                });
    }

    /// A fresh certificate has been issued.
    public static void renewed(Transaction tx, PeerName peer, String fingerprint, Instant until) {
        update(tx, peer, "next_certificate = " + unusedWith(":value"), fingerprint);
        if (peer.role() != PeerRole.MACHINE) {
            update(tx, peer, "certificate_until = :value", until.toEpochMilli());
        }
    }

    /// What is kept of unused certificates when one more is issued, as an expression of SQL.
    ///
    /// @param fingerprint the name of its parameter
    static String unusedWith(String fingerprint) {
        return "substr(" + fingerprint + " || COALESCE(' ' || next_certificate, ''), 1, " + UNUSED_LETTERS + ")";
    }

    private static List<String> unused(@Nullable String column) {
        return column == null ? List.of() : List.of(column.split(" "));
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

    /// Lets a machine or process server register under its identity until then, whatever key it has, or until it has
    /// used the certificate that it gets: who dies before it can keep that one registers again.
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

package dev.breakwater.configurationserver.authority;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.store.CertificateTable;
import dev.breakwater.configurationserver.store.CertificateTable.Standing;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.registration.RegistrationProof;
import dev.breakwater.control.registration.RegistrationRequest.Previous;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.Pem;
import dev.breakwater.platform.tls.Possession;
import dev.breakwater.platform.tls.TlsIdentity;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// Who may go by which name and identity. All machines share one passphrase, so the passphrase alone must not make
/// one machine out to be another: whoever keeps an identity proves that it has the key which the identity had
/// before.
final class Identities {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    private Identities() {}

    static void requireName(String name) {
        if (!name.matches(NAME)) {
            throw Refusal.invalid(
                    "\"" + name + "\" cannot be a name: it must have 1 to 63 letters, digits, dots,"
                            + " underscores or hyphens and begin with a letter or digit.",
                    "Choose another with --name.");
        }
    }

    /// Whether the identity was given to a program that was never heard since: perhaps it never got the answer.
    /// What it was given is worthless once it, or another that knows the secret, registers again. One that was
    /// admitted is not new, and what is protected keeps its owner.
    static boolean isNewcomer(Transaction tx, PeerName peer) {
        return CertificateTable.standing(tx, peer)
                        .filter(standing -> standing.unused() && standing.admittedUntil() == null)
                        .isPresent()
                && (peer.role() != PeerRole.MACHINE
                        || MachineTable.byId(tx, new MachineId(peer.id()))
                                .filter(machine -> !machine.isProtected())
                                .isPresent());
    }

    /// Whether the sender may keep the identity. One that this server does not know is free: it comes from the
    /// configuration server before this one, whose certificates nobody can check any more.
    ///
    /// @return fingerprint of the good certificate whose key the sender has shown; empty if it need not show one
    static Optional<String> requireKept(
            Transaction tx, CertificateAuthority authority, PeerName peer, Previous previous, String proof) {
        Optional<Standing> known = CertificateTable.standing(tx, peer);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Standing standing = known.get();
        Instant admitted = standing.admittedUntil();
        if ((admitted != null && !tx.now().isAfter(admitted)) || isNewcomer(tx, peer)) {
            return Optional.empty();
        }
        if (standing.revokedAt() != null) {
            throw Refusal.forbidden(
                    "The registration was refused.",
                    "The " + peer.role().word() + " " + standing.name() + " was revoked.",
                    allow(peer, standing));
        }
        String shown = provenCertificate(authority, peer, previous, proof);
        if (!standing.good().contains(shown)) {
            throw Refusal.forbidden(
                    "The registration was refused.",
                    "The sender did not show that it has the key of " + standing.name() + ", whose identity it claims.",
                    "Register from the data folder that has the key. If it is lost: " + allow(peer, standing));
        }
        return Optional.of(shown);
    }

    private static String allow(PeerName peer, Standing standing) {
        return "An administrator allows it for an hour with `breakwater "
                + peer.role().word() + "s admit --" + peer.role().word() + " " + standing.name()
                + "`; then register again.";
    }

    /// Fingerprint of the certificate whose key signed the proof; an empty text if none did.
    private static String provenCertificate(
            CertificateAuthority authority, PeerName peer, Previous previous, String proof) {
        if (previous.certificate() == null || previous.signature() == null) {
            return "";
        }
        try {
            X509Certificate certificate =
                    Pem.certificates(previous.certificate()).getFirst();
            boolean proven = authority.hasIssued(certificate)
                    && PeerName.of(certificate).filter(peer::equals).isPresent()
                    && Possession.proven(
                            certificate,
                            RegistrationProof.possessionMessage(proof),
                            Base64.getDecoder().decode(previous.signature()));
            return proven ? TlsIdentity.fingerprint(certificate) : "";
        } catch (CertificateException | IllegalArgumentException e) {
            throw Refusal.invalid("The previous certificate cannot be read.", "Send it as it was issued.");
        }
    }
}

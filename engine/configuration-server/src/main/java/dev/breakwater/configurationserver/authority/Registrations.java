package dev.breakwater.configurationserver.authority;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.store.CertificateTable;
import dev.breakwater.configurationserver.store.CertificateTable.Accepted;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.registration.ChallengeAnswer;
import dev.breakwater.control.registration.ChallengeRequest;
import dev.breakwater.control.registration.RegistrationAnswer;
import dev.breakwater.control.registration.RegistrationProof;
import dev.breakwater.control.registration.RegistrationRequest;
import dev.breakwater.control.registration.SecretKind;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.CertificateRequest;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.Pem;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Registers programs that prove a secret, and renews and checks their certificates.
public final class Registrations {

    private final Database database;
    private final CertificateAuthority authority;
    private final AuthorityFiles files;
    private final RegistrationProof vaultProof;
    private final InstantSource clock;
    private final Entropy entropy;
    private final Nonces nonces;
    private volatile String passphrase;

    /// Registers with that authority.
    ///
    /// @param vaultSecret what engines of the same vault know
    public Registrations(
            Database database,
            CertificateAuthority authority,
            AuthorityFiles files,
            byte[] vaultSecret,
            InstantSource clock,
            Entropy entropy)
            throws IOException {
        this.database = database;
        this.authority = authority;
        this.files = files;
        this.vaultProof = RegistrationProof.by(vaultSecret);
        this.clock = clock;
        this.entropy = entropy;
        this.nonces = new Nonces(entropy);
        this.passphrase = files.passphrase();
    }

    /// The passphrase that machines register with.
    public String passphrase() {
        return passphrase;
    }

    /// Draws another passphrase.
    public synchronized String rotatePassphrase() {
        try {
            passphrase = files.newPassphrase();
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "passphrase-not-kept", "The new passphrase could not be written.", String.valueOf(e.getMessage()));
        }
        database.write(tx -> {
            EventTable.add(tx, Health.NORMAL, EventKind.PASSPHRASE_ROTATED, null, null, "A new passphrase was drawn.");
            return true;
        });
        return passphrase;
    }

    /// Proves this server to a stranger who knows the secret.
    public ChallengeAnswer challenge(ChallengeRequest request) {
        String nonce = nonces.draw(request.clientNonce(), clock.instant());
        X509Certificate ca = authority.certificate();
        return new ChallengeAnswer(
                nonce,
                Pem.ofCertificates(List.of(ca)),
                proof(request.secret()).ofServer(request.clientNonce(), nonce, ca));
    }

    /// Registers whoever proves the secret.
    public RegistrationAnswer register(RegistrationRequest request) {
        PeerRole role = PeerRole.ofWord(request.role())
                .orElseThrow(() -> Refusal.invalid("There is no role \"" + request.role() + "\".", ""));
        checkRole(role, request.secret());
        Identities.requireName(request.name());
        if (!nonces.use(request.serverNonce(), request.clientNonce(), clock.instant())
                || !RegistrationProof.equal(
                        request.proof(),
                        proof(request.secret())
                                .ofClient(
                                        request.clientNonce(),
                                        request.serverNonce(),
                                        authority.certificate(),
                                        request.csr(),
                                        request.role(),
                                        request.name(),
                                        request.previous() == null
                                                ? ""
                                                : request.previous().id().toString()))) {
            throw Refusal.unproven(
                    "The registration was refused.",
                    "The sender did not prove in time that it knows the secret.",
                    "Show the passphrase anew with `breakwater engine passphrase` and register again.");
        }
        PublicKey key = requestedKey(request.csr());
        return database.write(tx -> admit(tx, role, request, key));
    }

    /// Issues a fresh certificate to a program that proved itself with its present one.
    public RegistrationAnswer renew(PeerName caller, String csr) {
        X509Certificate certificate = authority.issue(requestedKey(csr), caller, List.of(), clock.instant());
        return database.write(tx -> {
            CertificateTable.renewed(
                    tx,
                    caller,
                    TlsIdentity.fingerprint(certificate),
                    certificate.getNotAfter().toInstant());
            certificatesChanged(tx, caller);
            return new RegistrationAnswer(caller.id(), Pem.ofCertificates(List.of(certificate)));
        });
    }

    /// The name of the certificate's owner, if the owner may speak for the identity in it. A resumed TLS
    /// session shows a certificate that was checked when the session began, hence the dates are looked at
    /// again.
    public Optional<String> accepts(PeerName caller, X509Certificate certificate) {
        Instant now = clock.instant();
        if (caller.role() == PeerRole.CONFIGURATION_SERVER
                || now.isAfter(certificate.getNotAfter().toInstant())
                || now.isBefore(certificate.getNotBefore().toInstant())) {
            return Optional.empty();
        }
        return database.write(tx -> {
            Optional<Accepted> accepted = CertificateTable.accept(tx, caller, TlsIdentity.fingerprint(certificate));
            if (accepted.isPresent() && accepted.get().fresh()) {
                certificatesChanged(tx, caller);
            }
            return accepted.map(Accepted::name);
        });
    }

    /// Whether a program is registered under that identity, with whatever certificate.
    public boolean knows(PeerName caller) {
        return caller.role() != PeerRole.CONFIGURATION_SERVER
                && database.read(tx -> CertificateTable.standing(tx, caller)).isPresent();
    }

    /// Its process server must hear of a machine's other certificate.
    private static void certificatesChanged(Transaction tx, PeerName peer) {
        if (peer.role() == PeerRole.MACHINE) {
            MachineTable.byId(tx, new MachineId(peer.id()))
                    .map(MachineRow::processServer)
                    .ifPresent(server -> ProcessServerTable.assignmentsChanged(tx, server));
        }
    }

    private RegistrationAnswer admit(Transaction tx, PeerRole role, RegistrationRequest request, PublicKey key) {
        RegistrationRequest.Previous previous = request.previous();
        UUID id = previous == null ? newcomer(tx, role, request.name()).orElseGet(entropy::uuid) : previous.id();
        PeerName peer = new PeerName(role, id);
        // Who dies before it can keep the new certificate comes back with the one that it has shown.
        String shown = previous == null
                ? null
                : Identities.requireKept(tx, authority, peer, previous, request.proof())
                        .orElse(null);
        X509Certificate certificate = authority.issue(key, peer, List.of(), tx.now());
        if (role == PeerRole.MACHINE) {
            MachineTable.byNameOrId(tx, request.name())
                    .filter(other -> !other.id().uuid().equals(id))
                    .ifPresent(other -> refuseName(request.name()));
            MachineTable.register(tx, new MachineId(id), request.name(), TlsIdentity.fingerprint(certificate), shown);
            certificatesChanged(tx, peer);
        } else {
            ProcessServerTable.byNameOrId(tx, request.name())
                    .filter(other -> !other.id().uuid().equals(id))
                    .ifPresent(other -> refuseName(request.name()));
            ProcessServerTable.register(
                    tx,
                    new ProcessServerId(id),
                    request.name(),
                    TlsIdentity.fingerprint(certificate),
                    shown,
                    certificate.getNotAfter().toInstant());
            MachineTable.servedBy(tx, new ProcessServerId(id))
                    .forEach(machine -> MachineTable.ordersChanged(tx, machine.id()));
        }
        EventTable.add(
                tx,
                Health.NORMAL,
                role == PeerRole.MACHINE ? EventKind.MACHINE_REGISTERED : EventKind.PROCESS_SERVER_REGISTERED,
                role == PeerRole.MACHINE ? new MachineId(id) : null,
                null,
                "The " + role.word().replace('-', ' ') + " " + request.name() + " has registered.",
                request.name());
        return new RegistrationAnswer(id, Pem.ofCertificates(List.of(certificate)));
    }

    /// The identity of a newcomer of that name: it ended before it could keep the answer, and asks again.
    private static Optional<UUID> newcomer(Transaction tx, PeerRole role, String name) {
        Optional<UUID> holder = role == PeerRole.MACHINE
                ? MachineTable.byNameOrId(tx, name)
                        .filter(machine -> machine.name().equals(name))
                        .map(machine -> machine.id().uuid())
                : ProcessServerTable.byNameOrId(tx, name)
                        .filter(server -> server.name().equals(name))
                        .map(server -> server.id().uuid());
        return holder.filter(id -> Identities.isNewcomer(tx, new PeerName(role, id)));
    }

    private static void refuseName(String name) {
        throw Refusal.conflict(
                "name-taken",
                "The name " + name + " is taken.",
                "Another program has registered under it.",
                "Register with another --name, or remove the other one first.");
    }

    private static void checkRole(PeerRole role, SecretKind secret) {
        boolean fits = switch (role) {
            case MACHINE -> secret == SecretKind.PASSPHRASE;
            case PROCESS_SERVER -> secret == SecretKind.VAULT;
            case ADMINISTRATOR, OPERATOR, VIEWER, CONFIGURATION_SERVER -> false;
        };
        if (!fits) {
            throw Refusal.forbidden(
                    "A " + role.word() + " cannot register in this way.",
                    "Machines register with the passphrase. Process servers get keys of the vault, so they register"
                            + " with the recovery key.",
                    "Use the command for that role.");
        }
    }

    private RegistrationProof proof(SecretKind kind) {
        return switch (kind) {
            case PASSPHRASE -> RegistrationProof.byPassphrase(passphrase);
            case VAULT -> vaultProof;
        };
    }

    static PublicKey requestedKey(String csr) {
        try {
            return CertificateRequest.verify(Base64.getDecoder().decode(csr));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Refusal.invalid(
                    "The certificate request cannot be granted: " + e.getMessage(),
                    "Send a request signed by its key.");
        }
    }
}

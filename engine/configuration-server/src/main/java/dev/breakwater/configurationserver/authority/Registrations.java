package dev.breakwater.configurationserver.authority;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.store.CertificateTable;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Transaction;
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
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/// Registers programs that prove a secret, and renews and checks their certificates.
public final class Registrations {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

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
            EventTable.add(tx, Health.NORMAL, "passphrase-rotated", null, null, "A new passphrase was drawn.");
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
        if (!request.name().matches(NAME)) {
            throw Refusal.invalid(
                    "\"" + request.name() + "\" cannot be a name: it must have 1 to 63 letters, digits, dots,"
                            + " underscores or hyphens and begin with a letter or digit.",
                    "Choose another with --name.");
        }
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
                                        request.name()))) {
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
            CertificateTable.renewed(tx, caller, fingerprint(certificate));
            return new RegistrationAnswer(caller.id(), Pem.ofCertificates(List.of(certificate)));
        });
    }

    /// Whether the certificate's owner may speak for the name in it.
    public boolean accepts(PeerName caller, X509Certificate certificate) {
        return switch (caller.role()) {
            case ADMINISTRATOR -> true;
            case CONFIGURATION_SERVER -> false;
            case MACHINE, PROCESS_SERVER ->
                database.write(tx -> CertificateTable.accept(tx, caller, fingerprint(certificate)));
        };
    }

    private RegistrationAnswer admit(Transaction tx, PeerRole role, RegistrationRequest request, PublicKey key) {
        UUID id = request.previousId() == null ? entropy.uuid() : request.previousId();
        X509Certificate certificate = authority.issue(key, new PeerName(role, id), List.of(), tx.now());
        if (role == PeerRole.MACHINE) {
            MachineTable.byNameOrId(tx, request.name())
                    .filter(other -> !other.id().uuid().equals(id))
                    .ifPresent(other -> refuseName(request.name()));
            MachineTable.register(tx, new MachineId(id), request.name(), fingerprint(certificate));
            EventTable.add(
                    tx,
                    Health.NORMAL,
                    "machine-registered",
                    new MachineId(id),
                    null,
                    "The machine " + request.name() + " has registered.");
        } else {
            ProcessServerTable.byNameOrId(tx, request.name())
                    .filter(other -> !other.id().uuid().equals(id))
                    .ifPresent(other -> refuseName(request.name()));
            ProcessServerTable.register(
                    tx,
                    new ProcessServerId(id),
                    request.name(),
                    fingerprint(certificate),
                    certificate.getNotAfter().toInstant());
            EventTable.add(
                    tx,
                    Health.NORMAL,
                    "process-server-registered",
                    null,
                    null,
                    "The process server " + request.name() + " has registered.");
        }
        return new RegistrationAnswer(id, Pem.ofCertificates(List.of(certificate)));
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
            case ADMINISTRATOR, CONFIGURATION_SERVER -> false;
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

    private static PublicKey requestedKey(String csr) {
        try {
            return CertificateRequest.verify(Base64.getDecoder().decode(csr));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Refusal.invalid(
                    "The certificate request cannot be granted: " + e.getMessage(),
                    "Send a request signed by its key.");
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime cannot digest a certificate.", e);
        }
    }
}

package dev.breakwater.configurationserver.authority;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.store.CertificateTable;
import dev.breakwater.configurationserver.store.CertificateTable.Standing;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.UserTable;
import dev.breakwater.control.admin.UserRequest;
import dev.breakwater.control.admin.UserView;
import dev.breakwater.control.registration.RegistrationAnswer;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.Pem;
import dev.breakwater.platform.tls.TlsIdentity;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// People who may ask: their certificates and roles.
public final class Users {

    /// Name of the administrator whose certificate lies in the engine's own folder.
    public static final String LOCAL = "local";

    private static final int MAX_USERS = 1000;

    private final Database database;
    private final CertificateAuthority authority;
    private final InstantSource clock;
    private final Entropy entropy;

    /// The users of that database.
    public Users(Database database, CertificateAuthority authority, InstantSource clock, Entropy entropy) {
        this.database = database;
        this.authority = authority;
        this.clock = clock;
        this.entropy = entropy;
    }

    /// All of them by name.
    public List<UserView> all() {
        return database.read(UserTable::all);
    }

    /// Certifies a person's key. A name whose certificate is good still is refused.
    public RegistrationAnswer issue(UserRequest request) {
        Identities.requireName(request.name());
        PeerRole role = PeerRole.ofWord(request.role())
                .filter(PeerRole::isUser)
                .orElseThrow(() -> Refusal.invalid(
                        "\"" + request.role() + "\" is no role of a person.",
                        "The roles are viewer, operator and administrator."));
        PublicKey key = Registrations.requestedKey(request.csr());
        PeerName user = new PeerName(role, entropy.uuid());
        X509Certificate certificate = authority.issue(key, user, List.of(), clock.instant());
        return database.write(tx -> {
            UserTable.byNameOrId(tx, request.name())
                    .filter(other -> request.name().equals(LOCAL) || good(other, tx.now()))
                    .ifPresent(other -> {
                        throw Refusal.conflict(
                                "name-taken",
                                "The name " + request.name() + " is taken.",
                                "A certificate was issued for it that is still good.",
                                "Choose another name, or revoke that one first.");
                    });
            if (UserTable.all(tx).size() >= MAX_USERS) {
                throw Refusal.conflict(
                        "too-many-users",
                        "No certificate was issued.",
                        "There are " + MAX_USERS + " users, revoked ones included.",
                        "Use the name of a revoked one again.");
            }
            UserTable.put(
                    tx,
                    user,
                    request.name(),
                    TlsIdentity.fingerprint(certificate),
                    certificate.getNotAfter().toInstant());
            return new RegistrationAnswer(user.id(), Pem.ofCertificates(List.of(certificate)));
        });
    }

    /// Makes the certificate in the engine's own folder a good one, beside the one before it.
    void local(TlsIdentity identity) {
        PeerName name = identity.name().orElseThrow();
        Instant until = identity.certificate().getNotAfter().toInstant();
        database.write(tx -> {
            Optional<Standing> known = CertificateTable.standing(tx, name);
            if (known.isEmpty()) {
                UserTable.put(tx, name, LOCAL, identity.fingerprint(), until);
            } else if (!known.get().good().contains(identity.fingerprint())) {
                CertificateTable.renewed(tx, name, identity.fingerprint(), until);
            }
            return true;
        });
    }

    private static boolean good(UserView user, Instant now) {
        return user.revokedAt() == null && now.isBefore(user.certificateUntil());
    }
}

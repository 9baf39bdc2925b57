package dev.breakwater.platform.tls;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.UUID;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// The subject of a certificate: `OU=role, CN=identity`.
///
/// @param role what the owner is
/// @param id which one it is
public record PeerName(PeerRole role, UUID id) {

    /// The name a certificate was issued to; empty if it is none of ours.
    public static Optional<PeerName> of(X509Certificate certificate) {
        try {
            String role = null;
            String id = null;
            for (Rdn part :
                    new LdapName(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253)).getRdns()) {
                if (part.getType().equalsIgnoreCase("OU")) {
                    role = String.valueOf(part.getValue());
                } else if (part.getType().equalsIgnoreCase("CN")) {
                    id = String.valueOf(part.getValue());
                }
            }
            if (role == null || id == null) {
                return Optional.empty();
            }
            UUID uuid = UUID.fromString(id);
            return PeerRole.ofWord(role).map(known -> new PeerName(known, uuid));
        } catch (InvalidNameException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The distinguished name as written into certificates.
    String distinguishedName() {
        return "OU=" + role.word() + ",CN=" + id;
    }

    @Override
    public String toString() {
        return role.word() + " " + id;
    }
}

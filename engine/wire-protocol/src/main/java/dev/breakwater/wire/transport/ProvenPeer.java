package dev.breakwater.wire.transport;

import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.TlsIdentity;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/// Who is connected, as its certificate proves.
///
/// @param name role and identity
/// @param fingerprint SHA-256 of the certificate in hex
/// @param from when the certificate begins to be good
/// @param until when it ends, and with it the connection
public record ProvenPeer(PeerName name, String fingerprint, Instant from, Instant until) {

    /// The owner of a certificate; empty if it names none.
    static Optional<ProvenPeer> of(X509Certificate certificate) {
        return PeerName.of(certificate)
                .map(name -> new ProvenPeer(
                        name,
                        TlsIdentity.fingerprint(certificate),
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()));
    }
}

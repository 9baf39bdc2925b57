package dev.breakwater.control.registration;

import dev.breakwater.control.ControlConnection;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.security.cert.X509Certificate;

/// Carries the two requests of a registration to the configuration server.
public interface RegistrationTransport {

    /// Asks the server to prove itself. Nothing is known about it yet, so nothing secret is sent.
    ///
    /// @throws IOException if there is no answer, or it is no
    ChallengeAnswer challenge(ChallengeRequest request) throws IOException, InterruptedException;

    /// Asks for a certificate.
    ///
    /// @param authority whose certificate the server must show
    /// @throws IOException if there is no answer, or it is no; the program may be registered nevertheless
    RegistrationAnswer register(RegistrationRequest request, X509Certificate authority)
            throws IOException, InterruptedException;

    /// Carries them over HTTPS.
    static RegistrationTransport https(EngineAddress server) {
        return new RegistrationTransport() {
            @Override
            public ChallengeAnswer challenge(ChallengeRequest request) throws IOException, InterruptedException {
                try (var stranger = new ControlConnection(server, TlsIdentity.unverifiedContext())) {
                    return stranger.send("POST", RegistrationPaths.CHALLENGE, request, ChallengeAnswer.class);
                }
            }

            @Override
            public RegistrationAnswer register(RegistrationRequest request, X509Certificate authority)
                    throws IOException, InterruptedException {
                var tls = TlsIdentity.anonymousContext(authority, PeerRole.CONFIGURATION_SERVER);
                try (var connection = new ControlConnection(server, tls)) {
                    return connection.send("POST", RegistrationPaths.REGISTRATION, request, RegistrationAnswer.class);
                }
            }
        };
    }
}

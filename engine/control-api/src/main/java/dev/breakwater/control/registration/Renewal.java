package dev.breakwater.control.registration;

import dev.breakwater.control.ControlConnection;
import dev.breakwater.platform.tls.CertificateRequest;
import dev.breakwater.platform.tls.Pem;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// Fetches a fresh certificate for a fresh key, proven by the present certificate. The old one stays good until the
/// new one is first used.
public final class Renewal {

    private Renewal() {}

    /// Asks for it.
    ///
    /// @param path the resource for the caller's role
    public static TlsIdentity fetch(ControlConnection connection, String path, TlsIdentity present)
            throws IOException, InterruptedException {
        CertificateRequest request = CertificateRequest.draw();
        RegistrationAnswer answer = connection.send(
                "POST",
                path,
                new CertificateRenewal(Base64.getEncoder().encodeToString(request.encoded())),
                RegistrationAnswer.class);
        return identity(request, answer, present.trustedCa());
    }

    /// Joins a key with the certificate that was issued for it.
    public static TlsIdentity identity(CertificateRequest request, RegistrationAnswer answer, X509Certificate authority)
            throws IOException {
        try {
            return request.identity(Pem.certificates(answer.certificate()), authority);
        } catch (GeneralSecurityException e) {
            throw new IOException("The fresh certificate cannot be used; nothing was changed here.", e);
        }
    }
}

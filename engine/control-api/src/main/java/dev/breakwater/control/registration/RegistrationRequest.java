package dev.breakwater.control.registration;

import dev.breakwater.control.Field;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Asks for a certificate.
///
/// @param role `machine` or `process-server`
/// @param name what people call it; unique among its kind
/// @param previous the identity of an earlier registration, to be kept
/// @param csr certificate request (PKCS #10, DER) in base 64
/// @param secret which secret the proof rests on
/// @param clientNonce the nonce of the challenge
/// @param serverNonce the nonce of its answer
/// @param proof base 64, see [RegistrationProof#ofClient]
public record RegistrationRequest(
        String role,
        String name,
        @Nullable Previous previous,
        String csr,
        SecretKind secret,
        String clientNonce,
        String serverNonce,
        String proof) {

    public RegistrationRequest {
        Field.text(role, "role", 32);
        Field.text(name, "name", 63);
        Field.text(csr, "csr", 16_384);
        Field.required(secret, "secret");
        Field.text(clientNonce, "clientNonce", 64);
        Field.text(serverNonce, "serverNonce", 64);
        Field.text(proof, "proof", 64);
    }

    /// The identity of an earlier registration.
    ///
    /// @param id which one
    /// @param certificate the last certificate issued to it, PEM; it may have ended. Absent if it is lost
    /// @param signature made with the key of that certificate over the proof of this request, base 64
    public record Previous(
            UUID id, @Nullable String certificate, @Nullable String signature) {

        public Previous {
            Field.required(id, "id");
            if (certificate != null) {
                Field.text(certificate, "certificate", 32_768);
            }
            if (signature != null) {
                Field.text(signature, "signature", 256);
            }
        }
    }
}

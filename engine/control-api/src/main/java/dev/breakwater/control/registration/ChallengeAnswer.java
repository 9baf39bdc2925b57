package dev.breakwater.control.registration;

import dev.breakwater.control.Field;

/// The server's proof that it knows the secret, bound to its authority.
///
/// @param serverNonce 32 random bytes in base 64, good for one registration within a few minutes
/// @param caCertificate the authority, PEM
/// @param proof base 64, see [RegistrationProof#ofServer]
public record ChallengeAnswer(String serverNonce, String caCertificate, String proof) {

    public ChallengeAnswer {
        Field.text(serverNonce, "serverNonce", 64);
        Field.text(caCertificate, "caCertificate", 8192);
        Field.text(proof, "proof", 64);
    }
}

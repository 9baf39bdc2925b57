package dev.breakwater.control.registration;

import dev.breakwater.control.Field;

/// Asks the server to prove itself.
///
/// @param clientNonce 32 random bytes in base 64
/// @param secret which secret is meant
public record ChallengeRequest(String clientNonce, SecretKind secret) {

    public ChallengeRequest {
        Field.text(clientNonce, "clientNonce", 64);
        Field.required(secret, "secret");
    }
}

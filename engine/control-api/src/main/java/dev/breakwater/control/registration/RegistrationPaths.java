package dev.breakwater.control.registration;

/// Addresses of the resources of a registration; they need no client certificate.
public final class RegistrationPaths {

    /// POST [ChallengeRequest], answers [ChallengeAnswer].
    public static final String CHALLENGE = "/api/v1/registration/challenge";

    /// POST [RegistrationRequest], answers [RegistrationAnswer].
    public static final String REGISTRATION = "/api/v1/registration";

    private RegistrationPaths() {}
}

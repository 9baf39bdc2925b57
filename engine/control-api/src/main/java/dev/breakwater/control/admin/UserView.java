package dev.breakwater.control.admin;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person who may ask the configuration server.
///
/// @param id the identity in the certificate
/// @param name what the person is called
/// @param role `viewer`, `operator` or `administrator`
/// @param createdAt when the certificate was first issued
/// @param certificateUntil when it ends; a program that is used before renews it
/// @param revokedAt since when it is refused; absent while it is good
public record UserView(
        UUID id,
        String name,
        String role,
        Instant createdAt,
        Instant certificateUntil,
        @Nullable Instant revokedAt) {}

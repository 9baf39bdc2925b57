package dev.breakwater.control.registration;

import dev.breakwater.control.Field;
import java.util.UUID;

/// The certificate.
///
/// @param id the identity that was given, or kept
/// @param certificate PEM, own certificate first
public record RegistrationAnswer(UUID id, String certificate) {

    public RegistrationAnswer {
        Field.required(id, "id");
        Field.text(certificate, "certificate", 32_768);
    }
}

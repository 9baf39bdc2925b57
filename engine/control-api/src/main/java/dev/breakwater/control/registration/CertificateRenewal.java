package dev.breakwater.control.registration;

import dev.breakwater.control.Field;

/// Asks for a fresh certificate over the connection that the old one still opens.
///
/// @param csr certificate request (PKCS #10, DER) in base 64
public record CertificateRenewal(String csr) {

    public CertificateRenewal {
        Field.text(csr, "csr", 16_384);
    }
}

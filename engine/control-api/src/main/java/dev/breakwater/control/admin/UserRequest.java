package dev.breakwater.control.admin;

import dev.breakwater.control.Field;

/// Asks for a person's certificate.
///
/// @param name what the person is called; unique among users
/// @param role `viewer`, `operator` or `administrator`
/// @param csr certificate request (PKCS #10, DER) in base 64; the private key stays with the person
public record UserRequest(String name, String role, String csr) {

    public UserRequest {
        Field.text(name, "name", 63);
        Field.text(role, "role", 32);
        Field.text(csr, "csr", 16_384);
    }
}

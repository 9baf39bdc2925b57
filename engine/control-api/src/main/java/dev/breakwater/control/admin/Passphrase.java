package dev.breakwater.control.admin;

/// What a machine registers with.
///
/// @param passphrase the secret
public record Passphrase(String passphrase) {

    @Override
    public String toString() {
        return "Passphrase[not shown]";
    }
}

package dev.breakwater.changelog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digest that every Java has.
final class Hashing {

    private Hashing() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }
}

package dev.breakwater.desktop.setup;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// What can be said of a new vault before anybody is asked.
final class VaultModel {

    static final String LOCATION = "vault.location";

    /// Whether the person has shown that the recovery key is kept: `yes`. The key itself is no answer.
    static final String KEPT = "vault.kept";

    /// Characters of the key that have to be typed: its last two groups hold its check digits.
    static final int PROOF = 8;

    private VaultModel() {}

    /// What is wrong with a location: the last word of the text's key.
    static Optional<String> problem(String location) {
        String text = location.strip();
        if (text.isEmpty()) {
            return Optional.of("empty");
        }
        if (text.contains("://")) {
            return text.matches("azure://[a-z0-9]{3,24}/[a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9])")
                    ? Optional.empty()
                    : Optional.of("azure");
        }
        try {
            return Path.of(text).isAbsolute() ? Optional.empty() : Optional.of("folder");
        } catch (InvalidPathException e) {
            return Optional.of("folder");
        }
    }

    /// Whether what was typed is the end of the key, in any case and with or without blanks and hyphens.
    static boolean isKept(String key, String typed) {
        String plain = plain(key);
        return plain.length() >= PROOF
                && plain.substring(plain.length() - PROOF).equals(plain(typed));
    }

    private static String plain(String text) {
        return text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }
}

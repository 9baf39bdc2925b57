package dev.breakwater.vault.key;

import dev.breakwater.platform.Entropy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/// What the administrator keeps outside of everything: a vault and this key are enough to recover.
///
/// 256 random bits, written as 14 groups of four characters of Crockford's base32, which has no letters that look
/// alike. The last five characters hold 24 check bits: a wrong, missing or swapped character is found without
/// the vault, save once in 16 million.
public final class RecoveryKey {

    private static final int KEY_BYTES = 32;
    private static final int CHECK_BYTES = 3;
    private static final int CHARACTERS = (KEY_BYTES + CHECK_BYTES) * 8 / 5;
    private static final int GROUP = 4;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final byte[] key;

    private RecoveryKey(byte[] key) {
        this.key = key;
    }

    /// A new key.
    public static RecoveryKey draw(Entropy entropy) {
        return new RecoveryKey(entropy.bytes(KEY_BYTES));
    }

    /// Reads what [#reveal] wrote, as a person may type it: in any case, with blanks, hyphens and line ends
    /// anywhere, the letter O for zero, I or L for one.
    ///
    /// @throws IllegalArgumentException if it is no recovery key; the message says why and shows nothing of it
    public static RecoveryKey parse(String text) {
        StringBuilder characters = new StringBuilder();
        String upper = text.toUpperCase(Locale.ROOT);
        for (int i = 0; i < upper.length(); i++) {
            char c = upper.charAt(i);
            if (Character.isWhitespace(c) || c == '-') {
                continue;
            }
            char plain = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
            if (ALPHABET.indexOf(plain) < 0) {
                throw new IllegalArgumentException("This is no recovery key: its character number "
                        + (characters.length() + 1) + " is neither a digit nor a letter that recovery keys have.");
            }
            characters.append(plain);
        }
        if (characters.length() != CHARACTERS) {
            throw new IllegalArgumentException("This is no recovery key: it has " + characters.length()
                    + " characters besides blanks and hyphens, but a recovery key has " + CHARACTERS + ".");
        }
        byte[] bytes = decode(characters);
        byte[] key = Arrays.copyOf(bytes, KEY_BYTES);
        byte[] check = Arrays.copyOfRange(bytes, KEY_BYTES, bytes.length);
        if (!MessageDigest.isEqual(check, check(key))) {
            throw new IllegalArgumentException(
                    "The recovery key has a typing error: its check characters do not fit. Compare it with your copy.");
        }
        return new RecoveryKey(key);
    }

    /// The key as text, to be shown to the administrator once. Nothing else may call this.
    public String reveal() {
        byte[] bytes = Arrays.copyOf(key, KEY_BYTES + CHECK_BYTES);
        System.arraycopy(check(key), 0, bytes, KEY_BYTES, CHECK_BYTES);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < CHARACTERS; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(bits(bytes, i * 5)));
        }
        return text.toString();
    }

    /// Wraps a vault's key, bound to the vault's description.
    public byte[] wrap(VaultKey vaultKey, byte[] description, Entropy entropy) {
        return KeyWrapping.wrap(wrappingKey(), vaultKey.toBytes(), description, entropy);
    }

    /// Unwraps a vault's key.
    ///
    /// @throws WrongKeyException if this is not the vault's recovery key, or the description was changed
    public VaultKey unwrap(byte[] wrapped, byte[] description) throws WrongKeyException {
        return VaultKey.of(KeyWrapping.unwrap(wrappingKey(), wrapped, description));
    }

    private byte[] wrappingKey() {
        return Derivation.derive(key, new byte[0], "breakwater vault key wrapping 1", KEY_BYTES);
    }

    private static byte[] check(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("breakwater recovery key 1".getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(digest.digest(key), CHECK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256; use a complete JDK 25.", e);
        }
    }

    private static int bits(byte[] bytes, int from) {
        int value = 0;
        for (int i = from; i < from + 5; i++) {
            value = value << 1 | (bytes[i / 8] >>> (7 - i % 8) & 1);
        }
        return value;
    }

    private static byte[] decode(CharSequence characters) {
        byte[] bytes = new byte[KEY_BYTES + CHECK_BYTES];
        for (int i = 0; i < characters.length() * 5; i++) {
            int bit = ALPHABET.indexOf(characters.charAt(i / 5)) >>> (4 - i % 5) & 1;
            bytes[i / 8] |= (byte) (bit << (7 - i % 8));
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecoveryKey that && MessageDigest.isEqual(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "RecoveryKey(secret)";
    }
}

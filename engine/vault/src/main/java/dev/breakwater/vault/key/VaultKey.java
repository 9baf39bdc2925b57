package dev.breakwater.vault.key;

import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key of a vault in one epoch, 256 random bits: wraps the keys of machines and disks, seals the catalog. The
/// configuration server keeps it in its key store, process servers and machines never see it.
public final class VaultKey {

    /// Bytes of a key.
    public static final int KEY_BYTES = 32;

    private static final int CHECK_BYTES = 16;

    private final byte[] key;

    private VaultKey(byte[] key) {
        this.key = key;
    }

    /// A new key.
    public static VaultKey draw(Entropy entropy) {
        return new VaultKey(entropy.bytes(KEY_BYTES));
    }

    /// A key from its bytes, which are copied.
    ///
    /// @throws IllegalArgumentException if there are not 32 of them
    public static VaultKey of(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A vault key has 32 bytes, not " + key.length + ".");
        }
        return new VaultKey(key.clone());
    }

    /// A copy of the secret bytes, for the key store. Clear it after use.
    public byte[] toBytes() {
        return key.clone();
    }

    /// A public value by which a vault tells whether a key is its own.
    public byte[] check(VaultId vault) {
        return derive(vault, "breakwater vault key check 1", CHECK_BYTES);
    }

    /// What the catalog's documents are sealed with.
    public FrameKey catalogKey(VaultId vault) {
        return FrameKey.of(derive(vault, "breakwater catalog 1", FrameKey.KEY_BYTES));
    }

    /// What hides the names of the catalog's documents.
    public byte[] catalogNameKey(VaultId vault) {
        return derive(vault, "breakwater catalog names 1", KEY_BYTES);
    }

    /// The secret by which another engine that holds the recovery key registers without a passphrase.
    public byte[] registrationSecret(VaultId vault) {
        return derive(vault, "breakwater registration 1", KEY_BYTES);
    }

    /// What this epoch adds to the keys of machines and disks.
    byte[] epochSecret(VaultId vault, byte[] key) {
        return Derivation.derive(
                key, derive(vault, "breakwater epoch 1", KEY_BYTES), "breakwater frame key of an epoch 1", KEY_BYTES);
    }

    /// What the vault keys of the epochs before are wrapped with.
    byte[] olderKeysKey(VaultId vault) {
        return derive(vault, "breakwater older vault keys 1", KEY_BYTES);
    }

    /// What shows that whoever wrote a text has this key: HMAC-SHA256.
    byte[] authorize(VaultId vault, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(derive(vault, "breakwater rotation authorization 1", KEY_BYTES), "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC-SHA256; use a complete JDK 25.", e);
        }
    }

    /// What the keys of machines and disks are wrapped with.
    byte[] wrappingKey(VaultId vault) {
        return derive(vault, "breakwater key wrapping 1", KEY_BYTES);
    }

    private byte[] derive(VaultId vault, String purpose, int length) {
        byte[] salt = ByteBuffer.allocate(16)
                .putLong(vault.uuid().getMostSignificantBits())
                .putLong(vault.uuid().getLeastSignificantBits())
                .array();
        return Derivation.derive(key, salt, purpose, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VaultKey that && MessageDigest.isEqual(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "VaultKey(secret)";
    }
}

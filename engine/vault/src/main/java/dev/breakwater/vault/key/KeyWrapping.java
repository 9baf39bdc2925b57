package dev.breakwater.vault.key;

import dev.breakwater.platform.Entropy;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A 256-bit key under another: random nonce (12 bytes), AES-256-GCM ciphertext (32), tag (16). One wrapping
/// key wraps far fewer keys than the 2^32 for which random nonces are safe.
final class KeyWrapping {

    /// Bytes of a wrapped key.
    static final int WRAPPED_BYTES = 60;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private KeyWrapping() {}

    /// Wraps a key and binds it to its place.
    static byte[] wrap(byte[] wrappingKey, byte[] key, byte[] place, Entropy entropy) {
        byte[] nonce = entropy.bytes(NONCE_BYTES);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, wrappingKey, nonce, place).doFinal(key);
            byte[] wrapped = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, wrapped, NONCE_BYTES, sealed.length);
            return wrapped;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key could not be wrapped.", e);
        }
    }

    /// The opposite of [#wrap].
    ///
    /// @throws WrongKeyException if the wrapping key or the place is another one, or a bit was changed
    static byte[] unwrap(byte[] wrappingKey, byte[] wrapped, byte[] place) throws WrongKeyException {
        if (wrapped.length != WRAPPED_BYTES) {
            throw new WrongKeyException("A wrapped key has " + WRAPPED_BYTES + " bytes, not " + wrapped.length + ".");
        }
        byte[] nonce = Arrays.copyOf(wrapped, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, wrappingKey, nonce, place)
                    .doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new WrongKeyException("The wrapped key is damaged, or was wrapped with another key.", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key could not be unwrapped.", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place);
        return cipher;
    }
}

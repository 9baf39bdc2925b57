package dev.breakwater.framecodec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM as frames use it: a key per owner and write attempt, the counter as nonce, header and owner as
/// associated data. The JDK's cipher is used on arrays: its fast path reads arrays only, and copies other memory
/// through small ones. Not for several threads.
final class FrameCipher {

    private static final byte[] INFO = "breakwater frame 1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;

    private final Cipher cipher;
    private final byte[] nonce = new byte[NONCE_BYTES];

    FrameCipher() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no AES-GCM; use a complete JDK 25.", e);
        }
    }

    /// The key of one owner in one write attempt: HKDF-SHA256 (RFC 5869) of the secret that the owner has in an epoch.
    static SecretKey attemptKey(byte[] secret, byte[] ownerBytes, AttemptSalt salt) {
        byte[] saltBytes = new byte[AttemptSalt.BYTES];
        salt.write(ByteBuffer.wrap(saltBytes));
        byte[] info = new byte[INFO.length + ownerBytes.length];
        System.arraycopy(INFO, 0, info, 0, INFO.length);
        System.arraycopy(ownerBytes, 0, info, INFO.length, ownerBytes.length);
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(new SecretKeySpec(secret, "Generic"))
                                    .addSalt(saltBytes)
                                    .thenExpand(info, FrameKey.KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HKDF-SHA256; use a complete JDK 25.", e);
        }
    }

    /// Seals `length` bytes of `content` into `target` behind the header that stands there already.
    void seal(SecretKey key, int counter, byte[] owner, byte[] content, int offset, int length, byte[] target, int at) {
        try {
            start(Cipher.ENCRYPT_MODE, key, counter, owner, target, at);
            cipher.doFinal(content, offset, length, target, at + FrameHeader.BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A frame could not be sealed.", e);
        }
    }

    /// Opens the frame at `at` into `target`.
    ///
    /// @throws GeneralSecurityException if the tag does not fit
    void open(SecretKey key, int counter, byte[] owner, byte[] frame, int at, int storedLength, byte[] target, int to)
            throws GeneralSecurityException {
        start(Cipher.DECRYPT_MODE, key, counter, owner, frame, at);
        cipher.doFinal(frame, at + FrameHeader.BYTES, storedLength + FrameHeader.TAG_BYTES, target, to);
    }

    private void start(int mode, SecretKey key, int counter, byte[] owner, byte[] header, int at)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        nonce[8] = (byte) (counter >>> 24);
        nonce[9] = (byte) (counter >>> 16);
        nonce[10] = (byte) (counter >>> 8);
        nonce[11] = (byte) counter;
        cipher.init(mode, key, new GCMParameterSpec(FrameHeader.TAG_BYTES * 8, nonce));
        cipher.updateAAD(header, at, FrameHeader.BYTES);
        cipher.updateAAD(owner);
    }
}

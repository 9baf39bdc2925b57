package dev.breakwater.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Digests blocks of 4 KiB, to tell whether two versions of a block are the same. Safe for several threads.
///
/// The digest is NH with 64-bit words and a secret key as long as the block: the sum, modulo 2^128, of
/// `(m[2i] + k[2i] mod 2^64) * (m[2i+1] + k[2i+1] mod 2^64)`, less the same sum for a block of zeros, so that zeros
/// have the digest 0. Whoever does not know the key cannot find two different blocks with the same digest with a
/// probability of more than 2^-64 (J. Black, S. Halevi, H. Krawczyk, T. Krovetz, P. Rogaway: UMAC, CRYPTO 1999,
/// theorem 4.2). It is no signature: who knows the key can find such blocks.
public final class BlockDigester {

    /// Bytes of a digest.
    public static final int DIGEST_BYTES = 16;

    private static final int WORDS = Blocks.BLOCK_BYTES / Long.BYTES;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final long[] key = new long[WORDS];
    private final long zerosHigh;
    private final long zerosLow;

    /// @param secret is stretched to 4 KiB: AES-256 in counter mode, beginning with 0, little-endian words
    public BlockDigester(DigestKey secret) {
        ByteBuffer.wrap(stretch(secret))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(key);
        long high = 0;
        long low = 0;
        for (int i = 0; i < WORDS; i += 2) {
            long product = key[i] * key[i + 1];
            low += product;
            high += Math.unsignedMultiplyHigh(key[i], key[i + 1]) + carry(low, product);
        }
        zerosHigh = high;
        zerosLow = low;
    }

    private static byte[] stretch(DigestKey secret) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(secret.toBytes(), "AES"), new IvParameterSpec(new byte[16]));
            return cipher.doFinal(new byte[Blocks.BLOCK_BYTES]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no AES; use a complete JDK 25.", e);
        }
    }

    /// Digests adjacent blocks.
    ///
    /// @param content whole blocks from its position on; the position does not move
    /// @param blocks how many
    /// @param target gets 16 bytes for each
    /// @param offset where in the target
    public void digest(ByteBuffer content, int blocks, byte[] target, int offset) {
        MemorySegment segment = MemorySegment.ofBuffer(content);
        ByteBuffer digests = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
        // Words are summed three times as fast in an array as where they lie, which may be in the heap or outside.
        long[] words = new long[WORDS];
        for (int i = 0; i < blocks; i++) {
            MemorySegment.copy(segment, WORD, (long) i * Blocks.BLOCK_BYTES, words, 0, WORDS);
            digest(words, digests, offset + i * DIGEST_BYTES);
        }
    }

    private void digest(long[] words, ByteBuffer target, int at) {
        if (isZero(words)) {
            target.putLong(at, 0).putLong(at + Long.BYTES, 0);
            return;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < WORDS; i += 2) {
            long a = words[i] + key[i];
            long b = words[i + 1] + key[i + 1];
            long product = a * b;
            low += product;
            high += Math.unsignedMultiplyHigh(a, b) + carry(low, product);
        }
        target.putLong(at, low - zerosLow);
        target.putLong(at + Long.BYTES, high - zerosHigh - (Long.compareUnsigned(low, zerosLow) < 0 ? 1 : 0));
    }

    /// Most blocks that are not zero show it in their first words.
    private static boolean isZero(long[] words) {
        if ((words[0] | words[1] | words[2] | words[3]) != 0) {
            return false;
        }
        long any = 0;
        for (long word : words) {
            any |= word;
        }
        return any == 0;
    }

    private static long carry(long sum, long added) {
        return Long.compareUnsigned(sum, added) < 0 ? 1 : 0;
    }
}

package dev.breakwater.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The digest of a block")
class BlockDigesterTest {

    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger TWO_128 = BigInteger.ONE.shiftLeft(128);

    private final Random random = new Random(7);
    private final DigestKey key = DigestKey.of(bytes(32));
    private final BlockDigester digester = new BlockDigester(key);

    private byte[] bytes(int count) {
        byte[] result = new byte[count];
        random.nextBytes(result);
        return result;
    }

    private byte[] digest(ByteBuffer block) {
        byte[] result = new byte[16];
        digester.digest(block, 1, result, 0);
        return result;
    }

    @Test
    @DisplayName("is what the formula says, calculated with big integers")
    void formula() throws Exception {
        for (int round = 0; round < 20; round++) {
            byte[] block = bytes(4096);
            BigInteger expected = sum(block).subtract(sum(new byte[4096])).mod(TWO_128);
            byte[] little = digest(ByteBuffer.wrap(block));
            byte[] big = new byte[16];
            for (int i = 0; i < 16; i++) {
                big[i] = little[15 - i];
            }
            assertThat(new BigInteger(1, big)).isEqualTo(expected);
        }
    }

    private BigInteger sum(byte[] block) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.toBytes(), "AES"), new IvParameterSpec(new byte[16]));
        ByteBuffer k = ByteBuffer.wrap(cipher.doFinal(new byte[4096])).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer m = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < 512; i += 2) {
            BigInteger a =
                    unsigned(m.getLong(i * 8)).add(unsigned(k.getLong(i * 8))).mod(TWO_64);
            BigInteger b = unsigned(m.getLong(i * 8 + 8))
                    .add(unsigned(k.getLong(i * 8 + 8)))
                    .mod(TWO_64);
            sum = sum.add(a.multiply(b)).mod(TWO_128);
        }
        return sum;
    }

    private static BigInteger unsigned(long word) {
        return new BigInteger(Long.toUnsignedString(word));
    }

    @Test
    @DisplayName("stays what it is: vaults hold it")
    void golden() {
        byte[] counting = new byte[32];
        for (int i = 0; i < 32; i++) {
            counting[i] = (byte) i;
        }
        byte[] block = new byte[4096];
        for (int i = 0; i < 4096; i++) {
            block[i] = (byte) (i * 7);
        }
        byte[] result = new byte[16];
        new BlockDigester(DigestKey.of(counting)).digest(ByteBuffer.wrap(block), 1, result, 0);
        assertThat(HexFormat.of().formatHex(result)).isEqualTo("00c05adaf65b32be7398148e61ddbe55");
    }

    @Test
    @DisplayName("is 0 for zeros, whatever the key")
    void zeros() {
        assertThat(digest(ByteBuffer.allocate(4096))).isEqualTo(new byte[16]);
    }

    @Test
    @DisplayName("is the same for any kind of buffer, position and number of blocks")
    void buffers() {
        byte[] content = bytes(3 * 4096);
        byte[] whole = new byte[48];
        digester.digest(ByteBuffer.wrap(content), 3, whole, 0);
        ByteBuffer direct = ByteBuffer.allocateDirect(content.length + 5)
                .put(new byte[5])
                .put(content)
                .flip();
        byte[] moved = new byte[50];
        digester.digest(direct.position(5), 3, moved, 2);
        assertThat(Arrays.copyOfRange(moved, 2, 50)).isEqualTo(whole);
        assertThat(direct.position()).isEqualTo(5);
        assertThat(digest(ByteBuffer.wrap(content, 4096, 4096))).isEqualTo(Arrays.copyOfRange(whole, 16, 32));
    }

    @Test
    @DisplayName("differs for every single bit that differs, and for words that change places")
    void differences() {
        byte[] block = bytes(4096);
        Set<String> seen = new HashSet<>();
        seen.add(Arrays.toString(digest(ByteBuffer.wrap(block))));
        for (int bit = 0; bit < 4096 * 8; bit++) {
            block[bit / 8] ^= (byte) (1 << bit % 8);
            seen.add(Arrays.toString(digest(ByteBuffer.wrap(block))));
            block[bit / 8] ^= (byte) (1 << bit % 8);
        }
        for (int word = 0; word < 511; word++) {
            byte[] swapped = block.clone();
            System.arraycopy(block, word * 8, swapped, word * 8 + 8, 8);
            System.arraycopy(block, word * 8 + 8, swapped, word * 8, 8);
            seen.add(Arrays.toString(digest(ByteBuffer.wrap(swapped))));
        }
        assertThat(seen).hasSize(1 + 4096 * 8 + 511);
    }

    @Test
    @DisplayName("differs from key to key")
    void keys() {
        ByteBuffer block = ByteBuffer.wrap(bytes(4096));
        byte[] other = new byte[16];
        new BlockDigester(DigestKey.of(bytes(32))).digest(block, 1, other, 0);
        assertThat(other).isNotEqualTo(digest(block));
        assertThat(key.toString()).doesNotContain(HexFormat.of().formatHex(key.toBytes()));
    }
}

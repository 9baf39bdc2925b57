package dev.breakwater.platform.lz4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An LZ4 block")
class Lz4BlockTest {

    private static final int FRONT = 5;

    private final Random random = new Random(1);

    /// Half of it noise.
    private byte[] content(int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        Arrays.fill(content, 0, length / 2, (byte) 7);
        return content;
    }

    private static ByteBuffer compressed(byte[] content) {
        ByteBuffer block = ByteBuffer.allocate(Lz4Block.bound(content.length));
        Lz4Block.compress(ByteBuffer.wrap(content), block);
        return block.flip();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("gives its content back, in the heap and outside")
    void roundTrip(boolean direct) throws Exception {
        byte[] content = content(262_144);
        ByteBuffer raw = buffer(direct, content.length + FRONT);
        raw.position(FRONT).put(content).flip().position(FRONT);
        ByteBuffer block =
                buffer(direct, Lz4Block.bound(content.length) + FRONT).position(FRONT);
        int length = Lz4Block.compress(raw, block);
        assertThat(length).isBetween(content.length / 2, content.length * 5 / 8);
        assertThat(raw.position()).as("the content's position").isEqualTo(FRONT);
        assertThat(block.position()).isEqualTo(FRONT + length);

        ByteBuffer back = buffer(!direct, content.length + FRONT).position(FRONT);
        Lz4Block.decompress(block.flip().position(FRONT), content.length, back);
        byte[] found = new byte[content.length];
        back.flip().position(FRONT).get(found);
        assertThat(found).isEqualTo(content);
    }

    private static ByteBuffer buffer(boolean direct, int length) {
        return direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
    }

    @Test
    @DisplayName("is not made where it saves less than a sixteenth")
    void notWorthwhile() {
        byte[] noise = new byte[65_536];
        random.nextBytes(noise);
        for (byte[] content : new byte[][] {noise, {}, {1}, new byte[16]}) {
            ByteBuffer target = ByteBuffer.allocate(Lz4Block.bound(content.length));
            int length = Lz4Block.compress(ByteBuffer.wrap(content), target);
            assertThat(length).isEqualTo(content.length == 16 ? target.position() : 0);
            assertThat(target.position()).isEqualTo(length);
        }
        Arrays.fill(noise, 0, 4096, (byte) 0);
        assertThat(compressed(noise).remaining())
                .as("4 KiB of 64 KiB are zeros: a sixteenth, not quite")
                .isZero();
        Arrays.fill(noise, 0, 4800, (byte) 0);
        assertThat(compressed(noise).remaining()).isBetween(1, 61_439);
    }

    @Test
    @DisplayName("of another length than it should be is refused, and never written beyond that")
    void anotherLength() {
        ByteBuffer block = compressed(content(8192));
        for (int claimed : new int[] {1, 4096, 8191, 8193, 65_536}) {
            ByteBuffer target = ByteBuffer.allocate(70_000);
            assertThatThrownBy(() -> Lz4Block.decompress(block, claimed, target))
                    .as("%d bytes", claimed)
                    .isInstanceOf(Lz4Exception.class);
            assertThat(target.position()).isZero();
            for (int i = claimed; i < target.capacity(); i++) {
                assertThat(target.get(i)).isZero();
            }
        }
    }

    @Test
    @DisplayName("that somebody has made up is refused, or holds exactly as much as it should; nothing else is written")
    void madeUp() {
        ByteBuffer sound = compressed(content(8192));
        byte[] block = new byte[sound.remaining()];
        int refused = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random chance = new Random(seed);
            sound.get(0, block);
            for (int i = chance.nextInt(8); i >= 0; i--) {
                block[chance.nextInt(block.length)] = (byte) chance.nextInt();
            }
            ByteBuffer target = ByteBuffer.allocate(8192 + 64);
            try {
                Lz4Block.decompress(ByteBuffer.wrap(block, 0, 1 + chance.nextInt(block.length)), 8192, target);
                assertThat(target.position()).isEqualTo(8192);
            } catch (Lz4Exception e) {
                refused++;
            }
            for (int i = 8192; i < target.capacity(); i++) {
                assertThat(target.get(i)).isZero();
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }
}

package dev.breakwater.framecodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.lz4.Lz4Block;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A frame")
class FrameRoundTripTest {

    /// One for all tests: the JDK's cipher refuses a key and nonce that it has just seen.
    private static final Random RANDOM = new Random(1);

    private final Entropy entropy = RANDOM::nextBytes;
    private final FrameKey key = FrameKey.of(entropy.bytes(FrameKey.KEY_BYTES));
    private final FrameOwner owner = new FrameOwner(new VaultId(entropy.uuid()), entropy.uuid());
    private final WriteAttempt attempt = WriteAttempt.draw(entropy);
    private final FrameSealer sealer = new FrameSealer(key, owner, attempt);
    private final FrameOpener opener = new FrameOpener(key, owner);

    private byte[] random(int length) {
        return entropy.bytes(length);
    }

    private static byte[] text(int length) {
        byte[] result = new byte[length];
        for (int i = 0; i < length; i++) {
            result[i] = (byte) ("abcdefgh".charAt(i % 8) + (i / 1000) % 3);
        }
        return result;
    }

    private ByteBuffer seal(ByteBuffer raw, boolean direct) {
        int capacity = sealer.maxFrameLength(raw.remaining()) + 7;
        ByteBuffer frame = direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
        frame.position(7);
        SealedFrame sealed = sealer.seal(raw, frame);
        assertThat(raw.remaining()).isZero();
        assertThat(frame.position()).isEqualTo(7 + sealed.frameLength());
        return frame.flip().position(7);
    }

    private ByteBuffer seal(byte[] raw) {
        return seal(ByteBuffer.wrap(raw), false);
    }

    @ParameterizedTest
    @DisplayName("gives back what was sealed, whatever the size and the kind of buffers")
    @ValueSource(ints = {1, 2, 15, 16, 17, 4096, 65_537, 262_144, FrameHeader.MAX_RAW_BYTES})
    void roundTrip(int length) throws Exception {
        int counter = 0;
        for (byte[] content : new byte[][] {random(length), text(length), new byte[length]}) {
            for (int kind = 0; kind < 4; kind++) {
                ByteBuffer raw = ByteBuffer.allocateDirect(length).put(content).flip();
                ByteBuffer frame = seal((kind & 1) == 0 ? ByteBuffer.wrap(content) : raw, (kind & 2) == 0);
                ByteBuffer target =
                        (kind & 1) == 0 ? ByteBuffer.allocate(length + 3) : ByteBuffer.allocateDirect(length + 3);
                opener.open(new FrameIdentity(attempt.salt(), counter++), frame, target.position(3));
                byte[] got = new byte[length];
                target.flip().position(3).get(got);
                assertThat(got).isEqualTo(content);
                assertThat(frame.remaining()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("of content that was compressed before is the same as of the content")
    void compressedBefore(boolean direct) throws Exception {
        byte[] content = text(262_144);
        ByteBuffer block = direct
                ? ByteBuffer.allocateDirect(Lz4Block.bound(content.length))
                : ByteBuffer.allocate(Lz4Block.bound(content.length));
        Lz4Block.compress(ByteBuffer.wrap(content), block);
        ByteBuffer frame = ByteBuffer.allocate(sealer.maxFrameLength(content.length));
        SealedFrame sealed = sealer.sealStored(block.flip(), content.length, frame);
        assertThat(block.remaining()).isZero();
        assertThat(sealed.frameLength()).isEqualTo(seal(content).remaining()).isEqualTo(frame.position());

        ByteBuffer target = ByteBuffer.allocate(content.length);
        opener.open(new FrameIdentity(attempt.salt(), sealed.counter()), frame.flip(), target);
        assertThat(target.array()).isEqualTo(content);
    }

    @Test
    @DisplayName("holds no compressed content that is empty, or larger than what it is of")
    void impossibleBlocks() {
        ByteBuffer target = ByteBuffer.allocate(300_000);
        for (int length : new int[] {0, 4097, 5000}) {
            assertThatThrownBy(() -> sealer.sealStored(ByteBuffer.allocate(length), 4096, target))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> sealer.sealStored(ByteBuffer.allocate(4), FrameHeader.MAX_RAW_BYTES + 1, target))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sealer.sealStored(ByteBuffer.allocate(4), 4096, ByteBuffer.allocate(100)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("of text is smaller than the text, of noise larger only by header and tag")
    void sizes() {
        assertThat(seal(text(262_144)).remaining()).isLessThan(20_000);
        assertThat(seal(random(262_144)).remaining()).isEqualTo(262_144 + FrameHeader.OVERHEAD_BYTES);
    }

    @Test
    @DisplayName("does not open when any single bit of it is changed")
    void everyBitIsGuarded() throws Exception {
        byte[] frame = new byte[seal(text(300)).remaining()];
        seal(text(300)).get(frame);
        FrameIdentity identity = new FrameIdentity(attempt.salt(), 1);
        opener.open(identity, ByteBuffer.wrap(frame), ByteBuffer.allocate(300));
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] changed = frame.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> opener.open(
                            identity, ByteBuffer.wrap(changed), ByteBuffer.allocate(FrameHeader.MAX_RAW_BYTES)))
                    .as("bit %d", bit)
                    .isInstanceOf(FrameException.class);
        }
    }

    @Test
    @DisplayName("does not open when it is cut anywhere or has a tail")
    void lengthIsGuarded() {
        ByteBuffer frame = seal(text(300));
        FrameIdentity identity = new FrameIdentity(attempt.salt(), 0);
        for (int length = 0; length < frame.remaining(); length++) {
            ByteBuffer cut = frame.slice(frame.position(), length);
            assertThatThrownBy(() -> opener.open(identity, cut, ByteBuffer.allocate(300)))
                    .isInstanceOfSatisfying(
                            FrameException.class, e -> assertThat(e.kind()).isEqualTo(FrameException.Kind.CUT));
        }
        ByteBuffer tail = ByteBuffer.allocate(frame.remaining() + 1)
                .put(frame.duplicate())
                .rewind();
        assertThatThrownBy(() -> opener.open(identity, tail, ByteBuffer.allocate(300)))
                .hasMessageContaining("should have");
    }

    @Test
    @DisplayName("opens with the key of its epoch and of later ones, in any order, and never with an older one's")
    void epochs() throws Exception {
        byte[] secrets = random(3 * FrameKey.KEY_BYTES);
        FrameKey[] keys = new FrameKey[4];
        List<FrameIdentity> identities = new ArrayList<>();
        List<byte[]> frames = new ArrayList<>();
        for (int epoch = 1; epoch <= 3; epoch++) {
            keys[epoch] = FrameKey.of(Arrays.copyOf(secrets, epoch * FrameKey.KEY_BYTES));
            WriteAttempt drawn = WriteAttempt.draw(entropy);
            ByteBuffer frame = ByteBuffer.allocate(4096 + FrameHeader.OVERHEAD_BYTES);
            new FrameSealer(keys[epoch], owner, drawn).seal(ByteBuffer.wrap(new byte[] {(byte) epoch}), frame);
            identities.add(new FrameIdentity(drawn.salt(), 0));
            frames.add(Arrays.copyOf(frame.array(), frame.position()));
        }
        for (int have = 1; have <= 3; have++) {
            FrameOpener having = new FrameOpener(keys[have], owner);
            for (int i : new int[] {0, 1, 2, 1, 0, 2}) {
                ByteBuffer content = ByteBuffer.allocate(1);
                if (i < have) {
                    having.open(identities.get(i), ByteBuffer.wrap(frames.get(i)), content);
                    assertThat(content.get(0)).isEqualTo((byte) (i + 1));
                } else {
                    assertThatThrownBy(() -> having.open(identities.get(i), ByteBuffer.wrap(frames.get(i)), content))
                            .isInstanceOf(FrameException.class);
                }
            }
        }
        assertThat(keys[3].first()).isEqualTo(keys[1]);
    }

    @Test
    @DisplayName("opens only for its vault, its owner, its key and its identity")
    void bound() {
        byte[] frame = new byte[4096 + FrameHeader.OVERHEAD_BYTES];
        seal(random(4096)).get(frame);
        FrameIdentity identity = new FrameIdentity(attempt.salt(), 0);
        FrameOpener[] strangers = {
            new FrameOpener(key, new FrameOwner(new VaultId(entropy.uuid()), owner.owner())),
            new FrameOpener(key, new FrameOwner(owner.vault(), UUID.randomUUID())),
            new FrameOpener(FrameKey.of(random(32)), owner)
        };
        for (FrameOpener stranger : strangers) {
            assertThatThrownBy(() -> stranger.open(identity, ByteBuffer.wrap(frame), ByteBuffer.allocate(4096)))
                    .isInstanceOfSatisfying(
                            FrameException.class, e -> assertThat(e.kind()).isEqualTo(FrameException.Kind.DAMAGED));
        }
        assertThatThrownBy(() -> opener.open(
                        new FrameIdentity(attempt.salt(), 1), ByteBuffer.wrap(frame), ByteBuffer.allocate(4096)))
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.kind()).isEqualTo(FrameException.Kind.FOREIGN));
    }

    @Test
    @DisplayName("is never sealed by a second sealer of the same owner in the same attempt")
    void oneSealer() {
        assertThatThrownBy(() -> new FrameSealer(key, owner, attempt)).hasMessageContaining("nonces again");
        new FrameSealer(key, new FrameOwner(owner.vault(), UUID.randomUUID()), attempt);
    }

    @Test
    @DisplayName("of the same content is another one each time")
    void neverTheSame() {
        assertThat(seal(text(100))).isNotEqualTo(seal(text(100)));
    }
}

package dev.breakwater.framecodec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.Seed;
import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hostile frame")
class FrameFuzzTest {

    private final Entropy entropy = Seed.orUsual(5).entropy();
    private final FrameKey key = FrameKey.of(entropy.bytes(FrameKey.KEY_BYTES));
    private final FrameOwner owner = new FrameOwner(new VaultId(entropy.uuid()), entropy.uuid());
    private final WriteAttempt attempt = WriteAttempt.draw(entropy);
    private final FrameSealer sealer = new FrameSealer(key, owner, attempt);
    private final FrameOpener opener = new FrameOpener(key, owner);
    private final FrameIdentity first = new FrameIdentity(attempt.salt(), 0);

    private byte[] seal(byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(sealer.maxFrameLength(content.length));
        sealer.seal(ByteBuffer.wrap(content), frame);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    @Test
    @DisplayName("does not open, and the one that was sealed opens to what it was")
    void frame() throws IOException {
        byte[] content = new byte[6000];
        System.arraycopy(entropy.bytes(1000), 0, content, 0, 1000);
        byte[] sealed = seal(content);
        Fuzz.of("frame")
                .good(sealed)
                .refusesWith(FrameException.class)
                .usually(10_000)
                .run(input -> {
                    ByteBuffer target = ByteBuffer.allocate(content.length);
                    opener.open(first, ByteBuffer.wrap(input), target);
                    assertThat(input).as("what opened").isEqualTo(sealed);
                    assertThat(target.array()).isEqualTo(content);
                });
    }
}

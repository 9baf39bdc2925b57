package dev.breakwater.framecodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A stored frame of version 1")
class GoldenFramesTest {

    private static byte[] stored(String name) throws IOException {
        try (InputStream input = GoldenFramesTest.class.getResourceAsStream("/golden/" + name)) {
            return input.readAllBytes();
        }
    }

    private static byte[] open(byte[] frame, int counter) throws FrameException {
        ByteBuffer target = ByteBuffer.allocate(FrameHeader.MAX_RAW_BYTES);
        new FrameOpener(GoldenFrames.KEY, GoldenFrames.OWNER)
                .open(new FrameIdentity(GoldenFrames.SALT, counter), ByteBuffer.wrap(frame), target);
        return Arrays.copyOf(target.array(), target.position());
    }

    @Test
    @DisplayName("opens for ever")
    void good() throws IOException {
        assertThat(open(stored("good-noise-4096.frame"), 0)).isEqualTo(GoldenFrames.noise(4096));
        assertThat(open(stored("good-text-65536.frame"), 1)).isEqualTo(GoldenFrames.text(65_536));
        assertThat(open(stored("good-one-byte.frame"), 2)).isEqualTo(new byte[] {42});
    }

    @Test
    @DisplayName("is made to the bit as it was, where it is not compressed")
    void sameBytes() throws IOException {
        FrameSealer sealer = GoldenFrames.sealer(GoldenFrames.OWNER);
        assertThat(GoldenFrames.seal(sealer, GoldenFrames.noise(4096))).isEqualTo(stored("good-noise-4096.frame"));
        GoldenFrames.seal(sealer, GoldenFrames.text(65_536));
        assertThat(GoldenFrames.seal(sealer, new byte[] {42})).isEqualTo(stored("good-one-byte.frame"));
    }

    @ParameterizedTest
    @DisplayName("that is damaged is refused, and it is said how")
    @CsvSource({
        "damaged-flipped-bit.frame, DAMAGED",
        "damaged-cut.frame, CUT",
        "damaged-tail.frame, CUT",
        "damaged-zeros.frame, DAMAGED",
        "damaged-length.frame, DAMAGED",
        "damaged-other-owner.frame, DAMAGED",
        "damaged-not-lz4.frame, DAMAGED",
        "foreign-counter.frame, FOREIGN"
    })
    void damaged(String name, FrameException.Kind kind) throws IOException {
        byte[] frame = stored(name);
        assertThatThrownBy(() -> open(frame, 1))
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}

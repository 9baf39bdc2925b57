package dev.breakwater.framecodec;

import dev.breakwater.model.VaultId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;

/// What the stored frames in `src/test/resources/golden` were made from, and the program that made them. They
/// are made anew only for a new version of the format, beside the old ones.
final class GoldenFrames {

    static final FrameKey KEY = FrameKey.of(sequence(32));
    static final FrameOwner OWNER = new FrameOwner(
            new VaultId(UUID.fromString("11111111-2222-4333-8444-555555555555")),
            UUID.fromString("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"));
    static final AttemptSalt SALT = new AttemptSalt(0x0102030405060708L, 0x090a0b0c0d0e0f10L);

    private GoldenFrames() {}

    /// 0, 1, 2 …
    static byte[] sequence(int length) {
        byte[] result = new byte[length];
        for (int i = 0; i < length; i++) {
            result[i] = (byte) i;
        }
        return result;
    }

    /// Bytes that do not compress: a linear congruential generator's upper bits.
    static byte[] noise(int length) {
        byte[] result = new byte[length];
        int state = 1;
        for (int i = 0; i < length; i++) {
            state = state * 1664525 + 1013904223;
            result[i] = (byte) (state >>> 24);
        }
        return result;
    }

    /// A line of text again and again.
    static byte[] text(int length) {
        byte[] line = "A point may be lost, data never.\n".getBytes(StandardCharsets.US_ASCII);
        byte[] result = new byte[length];
        for (int i = 0; i < length; i++) {
            result[i] = line[i % line.length];
        }
        return result;
    }

    static FrameSealer sealer(FrameOwner owner) {
        return new FrameSealer(KEY, owner, WriteAttempt.draw(target -> {
            ByteBuffer salt = ByteBuffer.wrap(target);
            SALT.write(salt);
        }));
    }

    static byte[] seal(FrameSealer sealer, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(sealer.maxFrameLength(content.length));
        sealer.seal(ByteBuffer.wrap(content), frame);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /// Writes the frames into the folder that is given.
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        FrameSealer sealer = sealer(OWNER);
        byte[] noise = seal(sealer, noise(4096));
        byte[] text = seal(sealer, text(65_536));
        byte[] one = seal(sealer, new byte[] {42});
        Files.write(folder.resolve("good-noise-4096.frame"), noise);
        Files.write(folder.resolve("good-text-65536.frame"), text);
        Files.write(folder.resolve("good-one-byte.frame"), one);

        byte[] flipped = text.clone();
        flipped[100] ^= 0x10;
        Files.write(folder.resolve("damaged-flipped-bit.frame"), flipped);
        Files.write(folder.resolve("damaged-cut.frame"), Arrays.copyOf(text, text.length - 1));
        Files.write(folder.resolve("damaged-tail.frame"), Arrays.copyOf(text, text.length + 1));
        byte[] zeros = new byte[text.length];
        Files.write(folder.resolve("damaged-zeros.frame"), zeros);
        byte[] length = text.clone();
        length[8] = 0x7f;
        Files.write(folder.resolve("damaged-length.frame"), length);
        FrameSealer stranger = sealer(new FrameOwner(OWNER.vault(), new UUID(1, 2)));
        seal(stranger, noise(4096));
        Files.write(folder.resolve("damaged-other-owner.frame"), seal(stranger, text(65_536)));
        Files.write(folder.resolve("damaged-not-lz4.frame"), notLz4());
        Files.write(folder.resolve("foreign-counter.frame"), noise);
    }

    /// A frame with an authentic tag whose content is no LZ4 block: only a faulty writer makes one.
    private static byte[] notLz4() {
        byte[] content = noise(1000);
        byte[] frame = new byte[content.length + FrameHeader.OVERHEAD_BYTES];
        FrameHeader.write(frame, 0, content.length, 65_536, FrameHeader.CODEC_LZ4, SALT, 1);
        byte[] owner = OWNER.toBytes();
        new FrameCipher()
                .seal(
                        FrameCipher.attemptKey(KEY.secret(1), owner, SALT),
                        1,
                        owner,
                        content,
                        0,
                        content.length,
                        frame,
                        0);
        return frame;
    }
}

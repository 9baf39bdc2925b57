package dev.breakwater.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The messages' bytes")
class MessageCodecTest {

    static List<Message> all() {
        return SampleMessages.all();
    }

    static Stream<Message> controlMessages() {
        return all().stream();
    }

    private static ByteBuf written(Message message) {
        ByteBuf bytes = Unpooled.buffer();
        MessageCodec.write(message, bytes);
        return bytes;
    }

    private static Message read(ByteBuf bytes) throws ProtocolException {
        int length = bytes.readInt();
        MessageType type = MessageType.ofNumber(bytes.readUnsignedByte());
        assertThat(length).isEqualTo(bytes.readableBytes()).isLessThanOrEqualTo(type.maxBodyBytes());
        return MessageCodec.read(type, bytes);
    }

    @ParameterizedTest
    @MethodSource("controlMessages")
    @DisplayName("come back as the message that was written")
    void roundTrip(Message message) throws ProtocolException {
        assertThat(read(written(message))).usingRecursiveComparison().isEqualTo(message);
    }

    @Test
    @DisplayName("are those that version 2 has fixed")
    void golden() throws IOException {
        StringBuilder now = new StringBuilder();
        for (Message message : all()) {
            if (!(message instanceof Message.BlockDigests)) {
                now.append(ByteBufUtil.hexDump(written(message))).append('\n');
            }
        }
        ByteBuf payload = Unpooled.wrappedBuffer(new byte[] {1, 2, 3});
        Message.Data compressed = new Message.Data(2, 1, 8192, 131_072, payload);
        now.append(ByteBufUtil.hexDump(written(compressed)))
                .append(ByteBufUtil.hexDump(payload))
                .append('\n');
        try (InputStream stored = MessageCodecTest.class.getResourceAsStream("messages-v2.hex")) {
            assertThat(now).hasToString(new String(stored.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    @ParameterizedTest
    @MethodSource("controlMessages")
    @DisplayName("are refused when they are cut anywhere or have a byte too many")
    void cutOrLong(Message message) {
        ByteBuf whole = written(message);
        MessageType type = MessageType.of(message);
        ByteBuf body = whole.slice(Protocol.HEADER_BYTES, whole.readableBytes() - Protocol.HEADER_BYTES);
        boolean digests = message instanceof Message.Digests || message instanceof Message.BlockDigests;
        for (int length = 0; length < body.readableBytes(); length++) {
            ByteBuf cut = body.slice(0, length);
            if (digests && length >= 4 && (length - 4) % Protocol.DIGEST_BYTES == 0) {
                continue;
            }
            assertThatThrownBy(() -> MessageCodec.read(type, cut)).isInstanceOf(ProtocolException.class);
        }
        ByteBuf longer =
                Unpooled.buffer().writeBytes(body, 0, body.readableBytes()).writeByte(0);
        assertThatThrownBy(() -> MessageCodec.read(type, longer)).isInstanceOf(ProtocolException.class);
    }

    @Test
    @DisplayName("never do worse than a protocol error when they are damaged, whatever the damage")
    void damaged() {
        Random random = new Random(20_261_122);
        List<Message> samples = all();
        for (int round = 0; round < 20_000; round++) {
            Message sample = samples.get(random.nextInt(samples.size()));
            ByteBuf whole = written(sample);
            ByteBuf body = whole.slice(Protocol.HEADER_BYTES, whole.readableBytes() - Protocol.HEADER_BYTES)
                    .copy();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                body.setByte(random.nextInt(body.readableBytes()), random.nextInt());
            }
            MessageType type = MessageType.of(samples.get(random.nextInt(samples.size())));
            if (random.nextInt(4) > 0) {
                type = MessageType.of(sample);
            }
            try {
                Message found = MessageCodec.read(type, body);
                assertThat(found).isNotNull();
            } catch (ProtocolException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    @DisplayName("cut a text that is too long at a whole character")
    void longText() throws ProtocolException {
        String text = "x" + "é".repeat(2000);
        var read = (Message.Refused) read(written(new Message.Refused(RefusalCode.VAULT, text)));
        assertThat(read.text()).isEqualTo("x" + "é".repeat(511));
    }

    @Test
    @DisplayName("name no control characters in texts")
    void controlCharacters() {
        ByteBuf bytes = written(new Message.Refused(RefusalCode.VAULT, "a\u001b[2Jb"));
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(ProtocolException.class);
    }

    @Test
    @DisplayName("know an unknown refusal of a newer server as an internal one")
    void newerRefusal() throws ProtocolException {
        ByteBuf bytes = written(new Message.Refused(RefusalCode.VAULT, "t"));
        bytes.setShort(Protocol.HEADER_BYTES, 999);
        assertThat(((Message.Refused) read(bytes)).code()).isEqualTo(RefusalCode.INTERNAL);
    }

    @Test
    @DisplayName("carry 128 disks and every card and remark within the bound of a CLOSE")
    void largestClose() throws ProtocolException {
        String longest = "n".repeat(Protocol.MAX_TEXT_BYTES);
        var sample = SampleMessages.point();
        var point = new Message.PointMetadata(
                sample.id(),
                sample.type(),
                sample.time(),
                sample.hardware(),
                1,
                1,
                java.util.Collections.nCopies(Protocol.MAX_REMARKS, longest));
        assertThat(read(written(new Message.Close(1, 1, Optional.of(point))))).isInstanceOf(Message.Close.class);
    }
}

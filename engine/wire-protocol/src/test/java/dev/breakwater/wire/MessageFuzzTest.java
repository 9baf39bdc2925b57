package dev.breakwater.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.testkit.fuzz.Fuzz;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hostile message")
class MessageFuzzTest {

    private static byte[][] samples() {
        return SampleMessages.all().stream().map(MessageFuzzTest::bytes).toArray(byte[][]::new);
    }

    private static byte[] bytes(Message message) {
        ByteBuf buffer = Unpooled.buffer();
        MessageCodec.write(message, buffer);
        return ByteBufUtil.getBytes(buffer);
    }

    @Test
    @DisplayName("is refused, or is one that is written in the same bytes")
    void body() throws IOException {
        Fuzz.of("message").good(samples()).refusesWith(ProtocolException.class).run(input -> {
            ByteBuf source = Unpooled.wrappedBuffer(input);
            if (source.readableBytes() < Protocol.HEADER_BYTES) {
                return;
            }
            source.skipBytes(Integer.BYTES);
            Message message = MessageCodec.read(MessageType.ofNumber(source.readUnsignedByte()), source);
            Message again = reread(message);
            assertThat(bytes(again)).isEqualTo(bytes(message));
        });
    }

    private static Message reread(Message message) throws ProtocolException {
        ByteBuf written = Unpooled.wrappedBuffer(bytes(message));
        assertThat(written.readInt()).isEqualTo(written.readableBytes() - 1);
        return MessageCodec.read(MessageType.ofNumber(written.readUnsignedByte()), written);
    }
}

package dev.breakwater.wire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.wire.Message;
import dev.breakwater.wire.MessageCodec;
import dev.breakwater.wire.MessageType;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.ProtocolException;
import dev.breakwater.wire.SampleMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The decoder of the stream")
class MessageDecoderTest {

    private static ByteBuf written(Message message) {
        ByteBuf bytes = Unpooled.buffer();
        MessageCodec.write(message, bytes);
        if (message instanceof Message.Data data) {
            bytes.writeBytes(data.payload().duplicate());
        }
        return bytes;
    }

    private static byte[] stream(Random random, int messages) {
        ByteBuf all = Unpooled.buffer();
        for (int i = 1; i <= messages; i++) {
            byte[] payload = new byte[1 + random.nextInt(20_000)];
            random.nextBytes(payload);
            int rawLength = random.nextBoolean() ? payload.length : 262_144;
            all.writeBytes(written(new Message.Data(i, 3, i * 4096L, rawLength, Unpooled.wrappedBuffer(payload))));
            all.writeBytes(written(new Message.Zeros(i, 1, 0, 4096)));
            all.writeBytes(written(new Message.Ping(i)));
        }
        return ByteBufUtil.getBytes(all);
    }

    @Test
    @DisplayName("finds the same messages however the stream is cut into pieces")
    void anyCut() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            byte[] stream = stream(random, seed == 0 ? 1 : 10);
            EmbeddedChannel channel = new EmbeddedChannel(new MessageDecoder());
            int at = 0;
            int largest = seed == 0 ? 1 : 1 << random.nextInt(16);
            while (at < stream.length) {
                int length = Math.min(stream.length - at, 1 + random.nextInt(largest));
                channel.writeInbound(Unpooled.copiedBuffer(stream, at, length));
                at += length;
            }
            ByteBuf again = Unpooled.buffer();
            Message message;
            while ((message = channel.readInbound()) != null) {
                again.writeBytes(written(message));
                if (message instanceof Message.Data data) {
                    data.payload().release();
                }
            }
            assertThat(ByteBufUtil.getBytes(again)).isEqualTo(stream);
            channel.finishAndReleaseAll();
        }
    }

    @Test
    @DisplayName("refuses a length above the bound before it takes memory for it")
    void hostileLength() {
        for (MessageType type : MessageType.values()) {
            for (long length : new long[] {type.maxBodyBytes() + 1L, 0xFFFF_FFFFL, 0x8000_0000L}) {
                EmbeddedChannel channel = new EmbeddedChannel(new MessageDecoder());
                ByteBuf head = Unpooled.buffer().writeInt((int) length).writeByte(type.number());
                assertThatThrownBy(() -> channel.writeInbound(head)).isInstanceOf(ProtocolException.class);
                channel.finishAndReleaseAll();
            }
        }
    }

    @Test
    @DisplayName("refuses unknown types and DATA without a payload, and hears nothing more afterwards")
    void hostileType() {
        for (int type : new int[] {0, 15, 255}) {
            EmbeddedChannel channel = new EmbeddedChannel(new MessageDecoder());
            assertThatThrownBy(() ->
                            channel.writeInbound(Unpooled.buffer().writeInt(0).writeByte(type)))
                    .isInstanceOf(ProtocolException.class);
            channel.writeInbound(written(new Message.Ping(1)));
            assertThat(channel.<Message>readInbound()).isNull();
            channel.finishAndReleaseAll();
        }
        EmbeddedChannel channel = new EmbeddedChannel(new MessageDecoder());
        ByteBuf empty = Unpooled.buffer().writeInt(Protocol.DATA_PREFIX_BYTES).writeByte(MessageType.DATA.number());
        assertThatThrownBy(() -> channel.writeInbound(empty)).isInstanceOf(ProtocolException.class);
        channel.finishAndReleaseAll();
    }

    @Test
    @DisplayName("never does worse than a protocol error, whatever comes")
    void junk() {
        for (int seed = 0; seed < 5000; seed++) {
            Random random = new Random(seed);
            byte[] junk = new byte[1 + random.nextInt(300)];
            random.nextBytes(junk);
            junk[0] = 0;
            if (junk.length > 5) {
                // A believable header, so that what lies behind it is reached.
                junk[1] = 0;
                junk[2] = 0;
                junk[4] = (byte) (1 + random.nextInt(14));
            }
            EmbeddedChannel channel = new EmbeddedChannel(new MessageDecoder());
            try {
                channel.writeInbound(Unpooled.wrappedBuffer(junk));
            } catch (Exception e) {
                assertThat(e).isInstanceOf(ProtocolException.class);
            }
            Object message;
            while ((message = channel.readInbound()) != null) {
                if (message instanceof Message.Data data) {
                    data.payload().release();
                }
            }
            channel.finishAndReleaseAll();
        }
    }

    @Test
    @DisplayName("gives back the memory of a payload that never became complete")
    void cutPayload() {
        EmbeddedChannel channel = new EmbeddedChannel(new MessageDecoder());
        ByteBuf whole = written(SampleMessages.data(1, 0, 0, 4096));
        ByteBuf part = whole.slice(0, 2000).copy();
        channel.writeInbound(part);
        assertThat(part.refCnt()).isZero();
        channel.finishAndReleaseAll();
        assertThat(channel.<Message>readInbound()).isNull();
    }
}

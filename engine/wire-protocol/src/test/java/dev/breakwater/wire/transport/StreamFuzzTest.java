package dev.breakwater.wire.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.testkit.fuzz.Fuzz;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.MessageCodec;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.SampleMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hostile stream on port 9443")
class StreamFuzzTest {

    private static final String REQUEST = "GET " + Protocol.PATH + " HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\n"
            + "Upgrade: " + Protocol.UPGRADE + "\r\n\r\n";
    private static final String ANSWER =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: " + Protocol.UPGRADE + "\r\n\r\n";
    private static final int CREDIT = 300_000;

    private static byte[] stream(String head, List<Message> messages) {
        ByteBuf all = Unpooled.buffer();
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        for (Message message : messages) {
            MessageCodec.write(message, all);
            if (message instanceof Message.Data data) {
                all.writeBytes(data.payload().duplicate());
            }
        }
        return ByteBufUtil.getBytes(all);
    }

    private static byte[] fromMachine() {
        return stream(
                REQUEST,
                List.of(
                        SampleMessages.hello(),
                        SampleMessages.data(1, 0, 4096, 8192),
                        new Message.Zeros(2, 0, 1 << 20, 1 << 20),
                        new Message.Ping(5),
                        new Message.DigestsRequest(1, 0, 0, 4),
                        new Message.Close(3, 7, Optional.of(SampleMessages.point())),
                        new Message.Data(4, 0, 0, 131_072, Unpooled.wrappedBuffer(new byte[4096])),
                        new Message.BlockDigestsRequest(2, 0, 3),
                        new Message.Close(5, 8, Optional.empty())));
    }

    private static byte[] fromProcessServer() {
        return stream(
                ANSWER,
                List.of(
                        SampleMessages.all().get(2),
                        new Message.Stored(3, 200),
                        new Message.Durable(7, 9, Optional.empty()),
                        new Message.Pong(0),
                        SampleMessages.all().get(13)));
    }

    /// A session that takes everything over at once.
    private static MachineSession taking(MachineChannel channel) {
        channel.welcome(new Message.Welcome(
                Protocol.VERSION,
                CREDIT,
                ((Message.Welcome) SampleMessages.all().get(1)).digestKey(),
                Optional.empty()));
        return new MachineSession() {
            @Override
            public void received(Message message) {
                if (message instanceof Message.Data data) {
                    assertThat(data.rawLength()).isBetween(1, Protocol.MAX_DATA_BYTES);
                    assertThat(data.payload().readableBytes()).isBetween(1, data.rawLength());
                    data.payload().release();
                }
            }

            @Override
            public void closed(String why) {}
        };
    }

    private static EmbeddedChannel channel(UnpooledByteBufAllocator memory, ChannelHandler... handlers) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(memory);
        String[] names = {"http", "upgrade", "last"};
        for (int i = 0; i < handlers.length; i++) {
            channel.pipeline().addLast(names[i], handlers[i]);
        }
        return channel;
    }

    /// Feeds a stream in pieces of any size, and looks whether all memory comes back.
    private static void feed(EmbeddedChannel channel, UnpooledByteBufAllocator memory, byte[] input) {
        Random cuts = new Random(input.length);
        for (int at = 0; at < input.length && channel.isOpen(); ) {
            int length = Math.min(input.length - at, 1 + cuts.nextInt(2000));
            channel.writeInbound(memory.directBuffer(length).writeBytes(input, at, length));
            at += length;
        }
        channel.finishAndReleaseAll();
        assertThat(memory.metric().usedDirectMemory())
                .as("bytes not given back")
                .isZero();
        channel.checkException();
    }

    @Test
    @DisplayName("ends a process server's connection at worst, and all memory comes back")
    void machine() throws IOException {
        Fuzz.of("stream-of-machine").good(fromMachine()).usually(2000).run(input -> {
            var memory = new UnpooledByteBufAllocator(true);
            var peer = Optional.of(new ProvenPeer(
                    new PeerName(
                            PeerRole.MACHINE, SampleMessages.hello().machine().uuid()),
                    "ab12",
                    Instant.EPOCH,
                    Instant.MAX));
            EmbeddedChannel channel = channel(
                    memory,
                    new HttpServerCodec(1024, 4096, 4096),
                    new UpgradeResponder(),
                    new SessionHandler((to, _) -> taking(to), ConnectionTimes.USUAL, _ -> peer, _ -> true));
            channel.pipeline().fireChannelActive();
            feed(channel, memory, input);
        });
    }

    @Test
    @DisplayName("ends a machine's connection at worst, and all memory comes back")
    void processServer() throws IOException {
        var destination = new Destination("x", 1, new ProcessServerId(SampleMessages.ONE));
        Fuzz.of("stream-of-process-server")
                .good(fromProcessServer())
                .usually(2000)
                .run(input -> {
                    var memory = new UnpooledByteBufAllocator(true);
                    var connection = new ReplicationConnection(
                            destination,
                            SampleMessages.hello(),
                            new ReplicationListener() {
                                @Override
                                public void durable(Message.Durable durable) {}

                                @Override
                                public void closed(IOException cause) {}
                            },
                            ConnectionTimes.USUAL);
                    EmbeddedChannel channel = channel(
                            memory,
                            new HttpClientCodec(1024, 4096, 4096),
                            new UpgradeRequester(destination, ConnectionTimes.USUAL),
                            connection.handler());
                    connection.stands(channel);
                    channel.pipeline().fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
                    feed(channel, memory, input);
                    assertThat(connection.isOpen()).isFalse();
                });
    }

    @Test
    @DisplayName("that asks without end and reads no answer is ended before the answers fill the memory")
    void unreadAnswers() {
        var memory = new UnpooledByteBufAllocator(true);
        var peer = Optional.of(new ProvenPeer(
                new PeerName(PeerRole.MACHINE, SampleMessages.hello().machine().uuid()),
                "ab12",
                Instant.EPOCH,
                Instant.MAX));
        EmbeddedChannel channel = channel(
                memory,
                new HttpServerCodec(1024, 4096, 4096),
                new UpgradeResponder(),
                new SessionHandler((to, _) -> taking(to), ConnectionTimes.USUAL, _ -> peer, _ -> true));
        channel.pipeline().fireChannelActive();
        channel.writeInbound(Unpooled.wrappedBuffer(stream(REQUEST, List.of(SampleMessages.hello()))));
        channel.writeInbound(Unpooled.wrappedBuffer(stream("", List.of(new Message.Ping(1)))));
        assertThat(channel.isOpen()).isTrue();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        channel.writeInbound(Unpooled.wrappedBuffer(stream("", List.of(new Message.Ping(2)))));
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
    }
}

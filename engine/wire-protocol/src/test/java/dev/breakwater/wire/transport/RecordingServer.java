package dev.breakwater.wire.transport;

import dev.breakwater.model.DigestKey;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A process server that writes down what it hears and answers only when told to.
final class RecordingServer implements AutoCloseable {

    static final ConnectionTimes SHORT = new ConnectionTimes(
            Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(1500));

    final CertificateAuthority authority = CertificateAuthority.create("test", Instant.now());
    final ProcessServerId id = new ProcessServerId(UUID.randomUUID());
    final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    final BlockingQueue<MachineChannel> channels = new LinkedBlockingQueue<>();
    final ReplicationServer server;
    private final long credit;

    RecordingServer(long credit) throws Exception {
        this.credit = credit;
        var identity = authority.newIdentity(
                new PeerName(PeerRole.PROCESS_SERVER, id.uuid()), List.of("localhost"), Instant.now());
        server = ReplicationServer.start(
                new ServerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new LiveIdentity(identity),
                        1,
                        100,
                        SHORT),
                this::accept);
    }

    private MachineSession accept(MachineChannel channel, Message.Hello hello) {
        heard.add(hello);
        channels.add(channel);
        if (credit > 0) {
            channel.welcome(
                    new Message.Welcome(Protocol.VERSION, credit, DigestKey.of(new byte[32]), Optional.empty()));
        }
        return new MachineSession() {
            @Override
            public void received(Message message) {
                heard.add(message);
            }

            @Override
            public void closed(String why) {
                ends.add(why);
            }
        };
    }

    Destination destination() {
        return new Destination("127.0.0.1", server.address().getPort(), id);
    }

    @Override
    public void close() {
        server.close();
    }
}

package dev.breakwater.wire.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.testkit.StallingProxy;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("On a line so slow that what was written takes longer than the time after which silence is death")
@Timeout(60)
class SlowLineTest {

    private static final int PIECE = 65_536;
    private static final int PIECES = 16;

    /// Three times as long as silence may last.
    private static final int BYTES_PER_SECOND =
            (int) (PIECES * PIECE * 1000L / (3 * RecordingServer.SHORT.dead().toMillis()));

    @Test
    @DisplayName("everything arrives, and neither side takes the other for dead")
    void arrives() throws Exception {
        MachineId machine = new MachineId(UUID.randomUUID());
        BlockingQueue<IOException> ends = new LinkedBlockingQueue<>();
        var listener = new ReplicationListener() {
            @Override
            public void durable(Message.Durable durable) {}

            @Override
            public void closed(IOException cause) {
                ends.add(cause);
            }
        };
        var hello = new Message.Hello(
                Protocol.VERSION,
                machine,
                UUID.randomUUID(),
                List.of(new Message.Hello.Disk(new DiskId(UUID.randomUUID()), 1 << 30)),
                1);
        try (RecordingServer server = new RecordingServer(64 << 20);
                StallingProxy proxy = StallingProxy.to(server.server.address());
                var client = new ReplicationClient(
                        server.authority.newIdentity(
                                new PeerName(PeerRole.MACHINE, machine.uuid()), List.of(), Instant.now()),
                        RecordingServer.SHORT,
                        1)) {
            var connection = client.connect(new Destination("127.0.0.1", proxy.port(), server.id), hello, listener);
            assertThat(server.heard.poll(20, TimeUnit.SECONDS)).isInstanceOf(Message.Hello.class);
            proxy.slow(BYTES_PER_SECOND);
            for (int i = 0; i < PIECES; i++) {
                connection.data(0, (long) i * PIECE, ByteBuffer.allocate(PIECE));
            }
            for (int i = 0; i < PIECES; i++) {
                assertThat(server.heard.poll(20, TimeUnit.SECONDS))
                        .as("message %d; ends of the machine's side: %s, of the server's: %s", i, ends, server.ends)
                        .isInstanceOfSatisfying(
                                Message.Data.class, data -> data.payload().release());
            }
            assertThat(connection.isOpen()).isTrue();
            assertThat(ends).isEmpty();
            assertThat(server.ends).isEmpty();
        }
    }
}

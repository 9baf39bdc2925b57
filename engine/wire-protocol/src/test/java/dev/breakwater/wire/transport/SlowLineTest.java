package dev.breakwater.wire.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.wire.Message;
import java.nio.ByteBuffer;
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
        try (var line = new ProxiedConnection(64 << 20)) {
            assertThat(line.server.heard.poll(20, TimeUnit.SECONDS)).isInstanceOf(Message.Hello.class);
            line.proxy.slow(BYTES_PER_SECOND);
            for (int i = 0; i < PIECES; i++) {
                line.connection.data(0, (long) i * PIECE, PIECE, ByteBuffer.allocate(PIECE));
            }
            for (int i = 0; i < PIECES; i++) {
                assertThat(line.server.heard.poll(20, TimeUnit.SECONDS))
                        .as(
                                "message %d; ends of the machine's side: %s, of the server's: %s",
                                i, line.ends, line.server.ends)
                        .isInstanceOfSatisfying(
                                Message.Data.class, data -> data.payload().release());
            }
            assertThat(line.connection.isOpen()).isTrue();
            assertThat(line.ends).isEmpty();
            assertThat(line.server.ends).isEmpty();
        }
    }
}

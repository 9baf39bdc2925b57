package dev.breakwater.control;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A configuration server that gives no answer")
class ControlConnectionTest {

    @Test
    @DisplayName("is named with its address, the reason and what to check when nothing listens")
    void nothingListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThatThrownBy(() -> ask(port))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContainingAll(
                        "127.0.0.1:" + port, "nothing accepts connections", "Check that the engine runs");
    }

    @Test
    @DisplayName("is said to be perhaps another program when it ends the connection")
    void anotherProgram() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Java's client may try once more where a connection ended before it was used.
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    try (Socket accepted = socket.accept()) {
                        accepted.getOutputStream().write("no TLS here\n".getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        // The test is over, or the client was faster: either ends this connection.
                    }
                }
            });

            assertThatThrownBy(() -> ask(socket.getLocalPort()))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessageContaining("Check that this is the");
        }
    }

    private static void ask(int port) throws IOException, InterruptedException {
        try (ControlConnection connection =
                new ControlConnection(new EngineAddress("127.0.0.1", port), TlsIdentity.unverifiedContext())) {
            connection.get("/engine", String.class);
        }
    }
}

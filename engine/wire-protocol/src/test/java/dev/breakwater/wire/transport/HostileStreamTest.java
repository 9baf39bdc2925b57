package dev.breakwater.wire.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.wire.Protocol;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A process server's port under hostile streams")
@Timeout(60)
class HostileStreamTest {

    private static final String UPGRADE = "GET " + Protocol.PATH + " HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\n"
            + "Upgrade: " + Protocol.UPGRADE + "\r\n\r\n";

    private RecordingServer server;

    @BeforeEach
    void begin() throws Exception {
        server = new RecordingServer(1 << 20);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private SSLSocket connect() throws Exception {
        return connect(machine());
    }

    private TlsIdentity machine() {
        return server.authority.newIdentity(
                new PeerName(PeerRole.MACHINE, UUID.randomUUID()), List.of(), Instant.now());
    }

    private SSLSocket connect(TlsIdentity identity) throws Exception {
        var socket = (SSLSocket) identity.clientContext(PeerRole.PROCESS_SERVER)
                .getSocketFactory()
                .createSocket("127.0.0.1", server.server.address().getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static byte[] talk(SSLSocket socket, byte[] bytes) throws Exception {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            return socket.getInputStream().readAllBytes();
        } catch (SSLException | java.net.SocketException e) {
            return new byte[0];
        }
    }

    @ParameterizedTest(name = "{0} is answered with {1}")
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/1.1            | 404
            GET /replication HTTP/1.1 | 426
            POST /replication HTTP/1.1| 405
            nonsense                  | 400
            """)
    @DisplayName("answers HTTP that is no upgrade with an error and ends the connection")
    void noUpgrade(String line, String status) throws Exception {
        byte[] answer = talk(connect(), (line + "\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 " + status);
    }

    @Test
    @DisplayName("ends a connection whose headers never end")
    void endlessHeaders() throws Exception {
        byte[] answer = talk(
                connect(),
                ("GET /replication HTTP/1.1\r\nX: " + "y".repeat(20_000)).getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(answer, StandardCharsets.US_ASCII)).matches("(?s)(HTTP/1.1 400.*)?");
        assertThat(server.heard).isEmpty();
    }

    @Test
    @DisplayName("ends a connection that speaks no TLS, and one without a certificate")
    void noTls() throws Exception {
        try (Socket socket = new Socket(
                java.net.InetAddress.getLoopbackAddress(),
                server.server.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("101");
        }
        assertThat(server.heard).isEmpty();
    }

    @Test
    @DisplayName("ends a connection that says nothing, in time")
    void silence() throws Exception {
        try (SSLSocket socket = connect()) {
            socket.startHandshake();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"GET /replication HTTP/1.1\r\nX: ", UPGRADE + "\0\0\0\310\1"})
    @DisplayName("ends a connection whose header, or whose HELLO, comes byte by byte, in time")
    void dripping(String beginning) throws Exception {
        int drops = 0;
        try (SSLSocket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            // HELLO of 200 bytes is not complete by then either.
            while (drops < 190) {
                out.write('x');
                out.flush();
                drops++;
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (SSLException | java.net.SocketException e) {
            // Not at once, for another reason; but long before its end.
            assertThat(drops).isBetween(20, 180);
        }
        assertThat(drops).isLessThan(190);
        assertThat(server.heard).isEmpty();
    }

    @Test
    @DisplayName("survives forty streams of random bytes and serves the next machine")
    void randomBytes() throws Exception {
        TlsIdentity machine = machine();
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            byte[] junk = new byte[1 + random.nextInt(2000)];
            random.nextBytes(junk);
            if (random.nextBoolean()) {
                // A believable header, so that what lies behind it is reached.
                junk[0] = 0;
                if (junk.length > 5) {
                    junk[1] = 0;
                    junk[4] = (byte) (1 + random.nextInt(14));
                }
            }
            byte[] head = UPGRADE.getBytes(StandardCharsets.US_ASCII);
            byte[] all = new byte[head.length + junk.length];
            System.arraycopy(head, 0, all, 0, head.length);
            System.arraycopy(junk, 0, all, head.length, junk.length);
            try (SSLSocket socket = connect(machine)) {
                socket.getOutputStream().write(all);
                socket.getOutputStream().flush();
            }
        }
        assertThat(server.heard).isEmpty();
        byte[] answer = talk(connect(), (UPGRADE + "\0\0\0\0\1").getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(answer, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 101");
    }
}

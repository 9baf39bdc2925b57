package dev.breakwater.configurationserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.control.ControlJson;
import dev.breakwater.control.OpenApi;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections to port 443 as no client of ours makes them, over real sockets.
@Timeout(60)
class HostileConnectionTest {

    private static final String GOOD = "GET " + OpenApi.PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final CertificateAuthority authority = CertificateAuthority.create("test", Instant.now());
    private final AtomicLong ahead = new AtomicLong();
    private LiveIdentity identity;
    private HttpsPort port;

    @BeforeEach
    void open() throws IOException {
        identity = new LiveIdentity(serverIdentity());
        port = HttpsPort.open(
                0,
                identity,
                new Connections(() -> System.nanoTime() + ahead.get()),
                new Services(
                        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                        null));
    }

    @AfterEach
    void close() {
        port.close();
    }

    private TlsIdentity serverIdentity() {
        return authority.newIdentity(
                new PeerName(PeerRole.CONFIGURATION_SERVER, UUID.randomUUID()), List.of("localhost"), Instant.now());
    }

    private SSLSocket connect() throws IOException {
        SSLSocket socket =
                (SSLSocket) TlsIdentity.anonymousContext(authority.certificate(), PeerRole.CONFIGURATION_SERVER)
                        .getSocketFactory()
                        .createSocket("localhost", port.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /// The first line of an answer, whose body is read as well; empty if the connection was closed.
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int c;
            try {
                c = in.read();
            } catch (IOException e) {
                return "";
            }
            if (c < 0) {
                return "";
            }
            head.append((char) c);
        }
        skipBody(head.toString().toLowerCase(Locale.ROOT), in);
        return head.substring(0, head.indexOf("\r\n"));
    }

    private static void skipBody(String head, InputStream in) throws IOException {
        if (head.contains("transfer-encoding: chunked")) {
            byte[] last = new byte[5];
            while (!new String(last, StandardCharsets.ISO_8859_1).equals("0\r\n\r\n")) {
                System.arraycopy(last, 1, last, 0, 4);
                last[4] = (byte) in.read();
            }
        } else if (head.contains("content-length: ")) {
            int at = head.indexOf("content-length: ") + 16;
            in.readNBytes(Integer.parseInt(head.substring(at, head.indexOf('\r', at))));
        }
    }

    @Test
    @DisplayName("A header that comes byte by byte is not waited for; a connection between two requests is")
    void drippingHeader() throws Exception {
        try (SSLSocket dripping = connect();
                SSLSocket silent = connect();
                SSLSocket idle = connect()) {
            silent.startHandshake();
            send(idle, GOOD);
            assertThat(answer(idle)).contains("200");
            send(dripping, "GET / HTTP/1.1\r\nX: ");
            assertThat(closedWithin(dripping, "a")).isFalse();
            TimeUnit.MILLISECONDS.sleep(1500);
            ahead.addAndGet(TimeUnit.SECONDS.toNanos(Connections.HEADER_SECONDS));
            assertThat(closedWithin(dripping, "a")).isTrue();
            assertThat(answer(silent)).isEmpty();
            send(idle, GOOD);
            assertThat(answer(idle)).contains("200");
        }
    }

    @Test
    @DisplayName("A body that comes byte by byte is not waited for; others are answered meanwhile and after")
    void drippingBody() throws Exception {
        try (SSLSocket dripping = connect();
                SSLSocket other = connect()) {
            send(
                    dripping,
                    "POST /api/v1/registration/challenge HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
                            + "\r\nContent-Length: 1000\r\n\r\n{");
            assertThat(closedWithin(dripping, "a")).isFalse();
            send(other, GOOD);
            assertThat(answer(other)).contains("200");
            ahead.addAndGet(TimeUnit.SECONDS.toNanos(Connections.BODY_SECONDS));
            assertThat(closedWithin(dripping, "a")).isTrue();
            send(other, GOOD);
            assertThat(answer(other)).contains("200");
        }
    }

    /// Goes on dripping for up to ten seconds.
    private static boolean closedWithin(Socket socket, String drop) throws InterruptedException {
        int drops = drop.equals("a") ? 50 : 5;
        for (int i = 0; i < drops; i++) {
            try {
                send(socket, drop);
            } catch (IOException e) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(40);
        }
        return false;
    }

    @Test
    @DisplayName("A renewed certificate is shown to who connects from then on; who is connected stays")
    void renewed() throws Exception {
        try (SSLSocket before = connect()) {
            send(before, GOOD);
            assertThat(answer(before)).contains("200");
            TlsIdentity fresh = serverIdentity();
            identity.replace(fresh);
            try (SSLSocket after = connect()) {
                after.startHandshake();
                assertThat(after.getSession().getPeerCertificates()[0]).isEqualTo(fresh.certificate());
            }
            send(before, GOOD);
            assertThat(answer(before)).contains("200");
        }
    }

    @Test
    @DisplayName("Long headers, long lines, lying lengths and smuggled requests end the connection, not the server")
    void malformed() throws Exception {
        List<String> hostile = List.of(
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n" + "A: b\r\n".repeat(5_000) + "\r\n",
                "POST " + OpenApi.PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0000\u0001\u0002\u0003",
                "GET / HTTP/1.1\nHost: localhost\u0000\n\n");
        for (String request : hostile) {
            try (SSLSocket socket = connect()) {
                String answer;
                try {
                    send(socket, request);
                    socket.shutdownOutput();
                    answer = answer(socket);
                } catch (IOException e) {
                    answer = "";
                }
                assertThat(answer)
                        .as(request.substring(0, Math.min(60, request.length())))
                        .doesNotContain(" 200 ")
                        .doesNotContain(" 500 ");
            }
        }
        String tooLong =
                "POST /api/v1/registration/challenge HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
                        + "\r\nContent-Length: " + (ControlJson.MAX_BODY_BYTES + 1L) + "\r\n\r\n";
        try (SSLSocket socket = connect()) {
            send(socket, tooLong + "{".repeat(100));
            socket.shutdownOutput();
            assertThat(answer(socket)).doesNotContain(" 200 ");
        }
        try (SSLSocket socket = connect()) {
            send(socket, GOOD);
            assertThat(answer(socket)).contains("200");
        }
    }

    @Test
    @DisplayName("TLS 1.3 only: older versions, weak ciphers and plain HTTP are refused")
    void versions() throws Exception {
        assumeTrue(has("openssl"), "openssl is not installed");
        assertThat(openssl("-tls1_3"))
                .contains("TLSv1.3")
                .contains("Verify return code")
                .contains("TLS_AES");
        assertThat(openssl("-tls1_2")).contains("alert protocol version").doesNotContain("Cipher is ECDHE");
        assertThat(openssl("-no_tls1_3")).contains("alert protocol version");
        assertThat(openssl("-tls1_2", "-fallback_scsv")).contains("alert");
        assertThat(openssl("-tls1_1")).doesNotContain("BEGIN CERTIFICATE");
        assertThat(openssl("-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_SHA256"))
                .contains("handshake failure");
        try (Socket plain = new Socket("localhost", port.port())) {
            plain.setSoTimeout(10_000);
            send(plain, GOOD);
            assertThat(answer(plain)).doesNotContain("200");
        }
    }

    private static boolean has(String program) {
        return java.util.Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> java.nio.file.Files.isExecutable(java.nio.file.Path.of(folder, program)));
    }

    private String openssl(String... options) throws Exception {
        List<String> command = new java.util.ArrayList<>(
                List.of("openssl", "s_client", "-connect", "localhost:" + port.port(), "-showcerts"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return text;
    }
}

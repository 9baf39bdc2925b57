package dev.breakwater.diskexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The NBD server")
@Timeout(60)
class NbdServerTest {

    private static final int SIZE = 64 << 20;

    @TempDir
    private Path files;

    private Path socketFolder;
    private MemoryDisk disk;
    private MemoryDisk damaged;
    private NbdServer server;

    @BeforeEach
    void start() throws IOException {
        socketFolder = Files.createTempDirectory(Path.of("/tmp"), "bwn");
        disk = MemoryDisk.usual(SIZE);
        damaged = new MemoryDisk(1 << 20, 70_000, new ByteRange(0, 1 << 20));
        server = NbdServer.start(
                socketFolder.resolve("s"), List.of(new NbdExport("disk0", disk), new NbdExport("damaged", damaged)));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        assertThat(socketFolder).isEmptyDirectory();
        Files.delete(socketFolder);
    }

    @Test
    @DisplayName("gives QEMU's tools the bytes of the disk")
    void comparesEqual() throws Exception {
        Path copy = Files.write(files.resolve("copy"), disk.bytes);
        Qemu.Outcome same = Qemu.img("compare", "-f", "raw", "-F", "raw", server.uri("disk0"), copy.toString());
        assertThat(same.output()).contains("identical");
        assertThat(same.status()).isZero();
    }

    @Test
    @DisplayName("is caught by QEMU's tools when one byte differs")
    void comparesDifferent() throws Exception {
        Path copy = Files.write(files.resolve("copy"), disk.bytes);
        disk.bytes[SIZE / 2 + 12345] ^= 1;
        assertThat(Qemu.img("compare", "-f", "raw", "-F", "raw", server.uri("disk0"), copy.toString())
                        .status())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("tells QEMU's tools which ranges are holes")
    void tellsHoles() throws Exception {
        String map = Qemu.img("map", "--output=json", "-f", "raw", server.uri("disk0"))
                .output();
        assertThat(map)
                .contains("\"start\": 0, \"length\": 5000")
                .contains("\"start\": " + SIZE / 2 + ", \"length\": " + (3 << 20))
                .contains("\"start\": " + (SIZE - 4096) + ", \"length\": 4096");
        assertThat(map.lines().filter(l -> l.contains("\"zero\": true"))).hasSize(2);
    }

    @Test
    @DisplayName("answers many reads that are under way together, each with its own bytes")
    void answersPipelinedReads() throws Exception {
        try (RawNbdClient client = new RawNbdClient(server.socket()).greet()) {
            client.go("disk0");
            Random random = new Random(3);
            long[] offsets = random.longs(400, 0, SIZE - 9000).toArray();
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < offsets.length; i++) {
                        client.request(Nbd.CMD_READ, i, offsets[i], 9000);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            for (int i = 0; i < offsets.length; i++) {
                ByteBuffer head = client.read(16);
                int offset = (int) offsets[(int) head.getLong(8)];
                assertThat(client.read(9000).array())
                        .isEqualTo(java.util.Arrays.copyOfRange(disk.bytes, offset, offset + 9000));
            }
            sender.join();
        }
    }

    @Test
    @DisplayName("answers a read that fails with an error, and goes on")
    void reportsUnreadable() throws Exception {
        try (RawNbdClient client = new RawNbdClient(server.socket()).greet()) {
            client.go("damaged");
            client.request(Nbd.CMD_READ, 1, 65_536, 65_536);
            assertThat(client.simpleReply()).isEqualTo(Nbd.EIO);
            client.request(Nbd.CMD_READ, 2, 0, 4096);
            assertThat(client.simpleReply()).isEqualTo(Nbd.OK);
            client.read(4096);
        }
    }

    @Test
    @DisplayName("refuses to write, and the disk stays what it was")
    void refusesWrites() throws Exception {
        byte[] before = disk.bytes.clone();
        try (RawNbdClient client = new RawNbdClient(server.socket()).greet()) {
            client.go("disk0");
            client.request(Nbd.CMD_WRITE, 1, 0, 100_000);
            client.send(ByteBuffer.allocate(100_000).position(100_000));
            assertThat(client.simpleReply()).isEqualTo(Nbd.EPERM);
            client.request(Nbd.CMD_TRIM, 2, 0, 100_000);
            assertThat(client.simpleReply()).isEqualTo(Nbd.EPERM);
        }
        assertThat(disk.bytes).isEqualTo(before);
    }

    @Test
    @DisplayName("refuses reads outside of the disk")
    void refusesOutside() throws Exception {
        try (RawNbdClient client = new RawNbdClient(server.socket()).greet()) {
            client.go("disk0");
            long[][] requests = {
                {SIZE - 1, 2}, {SIZE, 1}, {-1, 10}, {Long.MAX_VALUE, 10}, {0, 0}, {0, 64 << 20}, {0, -1}
            };
            for (long[] request : requests) {
                client.request(Nbd.CMD_READ, 1, request[0], (int) request[1]);
                assertThat(client.simpleReply())
                        .describedAs("offset %d, length %d", request[0], request[1])
                        .isEqualTo(Nbd.EINVAL);
            }
        }
    }

    @Test
    @DisplayName("answers unknown and broken options with an error, and still serves the client")
    void survivesBadOptions() throws Exception {
        try (RawNbdClient client = new RawNbdClient(server.socket()).greet()) {
            client.option(77, 3, new byte[3]);
            assertThat(client.optionReply()).isEqualTo(Nbd.REP_ERR_UNSUPPORTED);
            client.option(Nbd.OPT_GO, 2, new byte[2]);
            assertThat(client.optionReply()).isEqualTo(Nbd.REP_ERR_INVALID);
            client.option(Nbd.OPT_GO, 8, new byte[] {-1, -1, -1, -1, 'x', 'y', 0, 0});
            assertThat(client.optionReply()).isEqualTo(Nbd.REP_ERR_INVALID);
            client.option(Nbd.OPT_SET_META_CONTEXT, 0, new byte[0]);
            assertThat(client.optionReply()).isEqualTo(Nbd.REP_ERR_INVALID);
            client.option(Nbd.OPT_LIST, 1 << 20, new byte[1 << 20]);
            assertThat(client.optionReply()).isEqualTo(Nbd.REP_ERR_TOO_BIG);
            assertThatThrownBy(() -> client.go("no-such-disk")).isInstanceOf(IOException.class);
            client.go("disk0");
        }
    }

    @Test
    @DisplayName("hangs up on clients that speak something else, and serves the next one")
    void hangsUpOnStrangers() throws Exception {
        Random random = new Random(11);
        int hungUp = 0;
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[random.nextInt(1, 300)];
            random.nextBytes(noise);
            try (RawNbdClient client = new RawNbdClient(server.socket())) {
                if (round % 2 == 0) {
                    client.greet();
                }
                if (round % 4 == 0) {
                    client.go("disk0");
                }
                client.send(ByteBuffer.wrap(noise).position(noise.length));
            } catch (IOException _) {
                hungUp++;
            }
        }
        assertThat(hungUp).describedAs("clients that noticed").isLessThan(200);
        try (RawNbdClient client = new RawNbdClient(server.socket()).greet()) {
            client.go("disk0");
        }
    }

    @Test
    @DisplayName("turns away clients past its limit, and takes others when some have gone")
    void limitsConnections() throws Exception {
        List<RawNbdClient> clients = new java.util.ArrayList<>();
        for (int i = 0; i < NbdServer.MAX_CONNECTIONS; i++) {
            RawNbdClient client = new RawNbdClient(server.socket()).greet();
            client.go("disk0");
            clients.add(client);
        }
        try (RawNbdClient oneTooMany = new RawNbdClient(server.socket())) {
            assertThatThrownBy(oneTooMany::greet).isInstanceOf(IOException.class);
        }
        for (RawNbdClient client : clients) {
            client.close();
        }
        long deadline = System.nanoTime() + 10_000_000_000L;
        boolean served = false;
        while (!served && System.nanoTime() < deadline) {
            try (RawNbdClient client = new RawNbdClient(server.socket()).greet()) {
                client.go("disk0");
                served = true;
            } catch (IOException _) {
                Thread.sleep(20);
            }
        }
        assertThat(served).isTrue();
    }

    @Test
    @DisplayName("lets only this user connect, and says when the socket's path is too long")
    void guardsItsSocket() throws Exception {
        assertThat(Files.getPosixFilePermissions(server.socket())).hasSize(2);
        Path tooLong = files.resolve("x".repeat(120));
        assertThatThrownBy(() -> NbdServer.start(tooLong, List.of(new NbdExport("disk0", disk))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("107");
    }
}

package dev.breakwater.wire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.Message.Data;
import dev.breakwater.wire.Message.Durable;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.RefusalCode;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A machine's connection over mutual TLS")
@Timeout(30)
class ReplicationConnectionTest {

    private static final long DISK_BYTES = 1L << 30;
    private static final long WINDOW = 1L << 20;

    private final MachineId machine = new MachineId(UUID.randomUUID());
    private final BlockingQueue<Durable> durables = new LinkedBlockingQueue<>();
    private final BlockingQueue<IOException> ends = new LinkedBlockingQueue<>();
    private final ReplicationListener listener = new ReplicationListener() {
        @Override
        public void durable(Durable durable) {
            durables.add(durable);
        }

        @Override
        public void closed(IOException cause) {
            ends.add(cause);
        }
    };
    private RecordingServer server;
    private ReplicationClient client;

    private ReplicationConnection connect(long credit) throws Exception {
        server = new RecordingServer(credit);
        client = new ReplicationClient(identity(server.authority, PeerRole.MACHINE), RecordingServer.SHORT, 1);
        return client.connect(server.destination(), hello(), listener);
    }

    private TlsIdentity identity(CertificateAuthority authority, PeerRole role) {
        return authority.newIdentity(new PeerName(role, machine.uuid()), List.of(), Instant.now());
    }

    private Message.Hello hello() {
        return new Message.Hello(
                Protocol.VERSION,
                machine,
                UUID.randomUUID(),
                List.of(new Message.Hello.Disk(new DiskId(UUID.randomUUID()), DISK_BYTES)),
                1);
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T found = queue.poll(10, TimeUnit.SECONDS);
        assertThat(found).as("nothing came within ten seconds").isNotNull();
        return found;
    }

    @Test
    @DisplayName("carries every byte of payloads of any size, in order")
    void carriesBytes() throws Exception {
        ReplicationConnection connection = connect(WINDOW * 64);
        next(server.heard);
        Random random = new Random(5);
        for (int i = 1; i <= 60; i++) {
            byte[] bytes = new byte[i == 60 ? Protocol.MAX_DATA_BYTES : 4096 * (1 + random.nextInt(64))];
            random.nextBytes(bytes);
            assertThat(connection.data(0, i * 4096L, bytes.length, ByteBuffer.wrap(bytes)))
                    .isEqualTo(i);
            Data data = (Data) next(server.heard);
            assertThat(data.sequence()).isEqualTo(i);
            assertThat(data.offset()).isEqualTo(i * 4096L);
            assertThat(ByteBufUtil.getBytes(data.payload())).isEqualTo(bytes);
            assertThat(data.payload().isDirect()).isTrue();
            data.payload().release();
        }
    }

    @Test
    @DisplayName("stops a sender at the window's end and lets it go on with new credit")
    void window() throws Exception {
        ReplicationConnection connection = connect(WINDOW);
        next(server.heard);
        byte[] piece = new byte[Protocol.MAX_DATA_BYTES];
        var sending = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 8; i++) {
                    connection.data(0, 0, piece.length, ByteBuffer.wrap(piece));
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (int i = 0; i < 3; i++) {
            ((Data) next(server.heard)).payload().release();
        }
        assertThat(server.heard.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(sending).isNotDone();
        next(server.channels).stored(3, WINDOW * 4);
        sending.get(10, TimeUnit.SECONDS);
        for (int i = 0; i < 5; i++) {
            ((Data) next(server.heard)).payload().release();
        }
    }

    @Test
    @DisplayName("hears of durable generations and of answers to its questions")
    void answers() throws Exception {
        ReplicationConnection connection = connect(WINDOW);
        next(server.heard);
        MachineChannel channel = next(server.channels);
        connection.closeGeneration(1, Optional.empty());
        assertThat(next(server.heard)).isEqualTo(new Message.Close(1, 1, Optional.empty()));
        var point = new PointId(UUID.randomUUID());
        channel.send(new Durable(1, 9, Optional.of(point)));
        assertThat(next(durables)).isEqualTo(new Durable(1, 9, Optional.of(point)));
        var first = connection.digests(0, 0, 2);
        var second = connection.blockDigests(0, 7);
        var one = (Message.DigestsRequest) next(server.heard);
        var two = (Message.BlockDigestsRequest) next(server.heard);
        channel.send(new Message.BlockDigests(two.request(), new byte[4096]));
        channel.send(new Message.Digests(one.request(), new byte[32]));
        assertThat(second.get(10, TimeUnit.SECONDS)).hasSize(4096);
        assertThat(first.get(10, TimeUnit.SECONDS)).hasSize(32);
    }

    @Test
    @DisplayName("stays alive while both are idle, and ends when the server says why")
    void refusal() throws Exception {
        ReplicationConnection connection = connect(WINDOW);
        assertThat(ends.poll(RecordingServer.SHORT.dead().toMillis() + 500, TimeUnit.MILLISECONDS))
                .isNull();
        next(server.channels).refuse(RefusalCode.STOPPING, "the process server is being updated");
        assertThat(next(ends))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.STOPPING));
        assertThat(connection.isOpen()).isFalse();
        assertThatThrownBy(() -> connection.zeros(0, 0, 4096)).hasMessageContaining("over");
    }

    @Test
    @DisplayName("is refused when the machine's certificate comes from somebody else's authority")
    void foreignMachine() throws Exception {
        server = new RecordingServer(WINDOW);
        var foreign = CertificateAuthority.create("other", Instant.now());
        TlsIdentity theirs = identity(foreign, PeerRole.MACHINE);
        client = new ReplicationClient(
                new TlsIdentity(theirs.privateKey(), theirs.chain(), server.authority.certificate()),
                RecordingServer.SHORT,
                1);
        assertThatThrownBy(() -> client.connect(server.destination(), hello(), listener))
                .isInstanceOf(IOException.class);
        assertThat(server.heard).isEmpty();
    }

    @Test
    @DisplayName("is refused when the certificate is an administrator's")
    void wrongRole() throws Exception {
        server = new RecordingServer(WINDOW);
        client = new ReplicationClient(identity(server.authority, PeerRole.ADMINISTRATOR), RecordingServer.SHORT, 1);
        assertThatThrownBy(() -> client.connect(server.destination(), hello(), listener))
                .isInstanceOf(IOException.class);
        assertThat(server.heard).isEmpty();
    }

    @Test
    @DisplayName("is not made to a process server with another identity than the expected one")
    void wrongServer() throws Exception {
        server = new RecordingServer(WINDOW);
        client = new ReplicationClient(identity(server.authority, PeerRole.MACHINE), RecordingServer.SHORT, 1);
        var wrong =
                new Destination("127.0.0.1", server.server.address().getPort(), new ProcessServerId(UUID.randomUUID()));
        assertThatThrownBy(() -> client.connect(wrong, hello(), listener)).hasMessageContaining("TLS");
        assertThat(server.heard).isEmpty();
    }

    @Test
    @DisplayName("is refused when HELLO names another machine than the certificate")
    void otherMachine() throws Exception {
        server = new RecordingServer(WINDOW);
        client = new ReplicationClient(identity(server.authority, PeerRole.MACHINE), RecordingServer.SHORT, 1);
        Message.Hello own = hello();
        var forged =
                new Message.Hello(own.version(), new MachineId(UUID.randomUUID()), own.incarnation(), own.disks(), 1);
        assertThatThrownBy(() -> client.connect(server.destination(), forged, listener))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("another machine");
    }

    @Test
    @DisplayName("gives up when HELLO is not answered in time")
    void silentServer() throws Exception {
        assertThatThrownBy(() -> connect(0)).isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("is cut when it sends past its disk")
    void hostileRange() throws Exception {
        ReplicationConnection connection = connect(WINDOW);
        connection.zeros(0, DISK_BYTES, 4096);
        assertThat(next(ends))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.PROTOCOL));
        assertThat(next(server.ends)).contains("protocol");
    }
}

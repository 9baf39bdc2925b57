package dev.breakwater.wire.transport;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.testkit.StallingProxy;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.Protocol;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A machine's connection to a process server over a line that can be slow or fall silent.
final class ProxiedConnection implements AutoCloseable {

    private static final int THREADS = 1;

    final RecordingServer server;
    final StallingProxy proxy;
    final ReplicationConnection connection;

    /// How the connection ended on the machine's side.
    final BlockingQueue<IOException> ends = new LinkedBlockingQueue<>();

    private final ReplicationClient client;

    ProxiedConnection(long window) throws Exception {
        MachineId machine = new MachineId(UUID.randomUUID());
        var hello = new Message.Hello(
                Protocol.VERSION,
                machine,
                UUID.randomUUID(),
                List.of(new Message.Hello.Disk(new DiskId(UUID.randomUUID()), 1 << 30)),
                1);
        server = new RecordingServer(window);
        proxy = StallingProxy.to(server.server.address());
        client = new ReplicationClient(
                server.authority.newIdentity(new PeerName(PeerRole.MACHINE, machine.uuid()), List.of(), Instant.now()),
                RecordingServer.SHORT,
                THREADS);
        connection = client.connect(new Destination("127.0.0.1", proxy.port(), server.id), hello, new Listener());
    }

    private final class Listener implements ReplicationListener {
        @Override
        public void durable(Message.Durable durable) {}

        @Override
        public void closed(IOException cause) {
            ends.add(cause);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }
}

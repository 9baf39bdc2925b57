package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.model.DigestKey;
import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.Message.LastDurable;
import dev.breakwater.wire.Message.PointMetadata;
import dev.breakwater.wire.transport.Destination;
import dev.breakwater.wire.transport.RefusedException;
import dev.breakwater.wire.transport.ReplicationClient;
import dev.breakwater.wire.transport.ReplicationConnection;
import dev.breakwater.wire.transport.ReplicationListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The link over the replication protocol. Tries the addresses of a process server in their order.
///
/// @param client opens the connections
public record WireLink(ReplicationClient client) implements ProcessServerLink {

    @Override
    public LinkConnection connect(ReplicationTarget target, Hello hello, ReplicationListener listener)
            throws IOException, InterruptedException {
        @Nullable IOException first = null;
        for (String host : target.hosts()) {
            try {
                return new Wire(client.connect(new Destination(host, target.port(), target.id()), hello, listener));
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        throw first != null ? first : new IOException("Process server " + target.id() + " has no address.");
    }

    /// A connection that stands already.
    public static LinkConnection over(ReplicationConnection connection) {
        return new Wire(connection);
    }

    private record Wire(ReplicationConnection connection) implements LinkConnection {

        @Override
        public Optional<LastDurable> lastDurable() {
            return connection.welcome().lastDurable();
        }

        @Override
        public DigestKey digestKey() {
            return connection.welcome().digestKey();
        }

        @Override
        public void data(int diskIndex, long offset, int rawLength, ByteBuffer bytes)
                throws IOException, InterruptedException {
            connection.data(diskIndex, offset, rawLength, bytes);
        }

        @Override
        public void zeros(int diskIndex, long offset, long length) throws IOException, InterruptedException {
            connection.zeros(diskIndex, offset, length);
        }

        @Override
        public void closeGeneration(long generation, Optional<PointMetadata> point)
                throws IOException, InterruptedException {
            connection.closeGeneration(generation, point);
        }

        @Override
        public CompletableFuture<byte[]> digests(int diskIndex, long firstRegion, int count)
                throws IOException, InterruptedException {
            return connection.digests(diskIndex, firstRegion, count);
        }

        @Override
        public CompletableFuture<byte[]> blockDigests(int diskIndex, long region)
                throws IOException, InterruptedException {
            return connection.blockDigests(diskIndex, region);
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
